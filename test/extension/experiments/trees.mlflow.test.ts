import assert from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { listChildren } from '../../../extension/experiments/children';
import type { ExperimentsNode, RunNode } from '../../../extension/experiments/nodes';
import { describeNode } from '../../../extension/experiments/rows';
import { listChildren as listModelChildren } from '../../../extension/models/children';
import type { ModelsNode } from '../../../extension/models/nodes';
import { parentRunIdOf, type Run } from '../../../extension/tracking/model';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';

const never = new AbortController().signal;

for (const version of ['newest', 'oldest'] as const) {
  describe(`The trees over the ${version} MLflow`, () => {
    let server: MlflowServer;
    let store: RestStore;

    before(async () => {
      server = await seededServer(version);
      store = new RestStore({
        baseUri: server.uri,
        authorize: () => Promise.resolve(new Map()),
        timeoutMs: 60_000,
        log: () => undefined,
      });
    });

    after(async () => {
      store.dispose();
      await server.stop();
    });

    /** All runs of an experiment in the store, and all rows for them, page by page. */
    async function open(catalog: Catalog, experimentId: string) {
      const query = { experimentIds: [experimentId], view: 'active', pageSize: 1000 } as const;
      const { items } = await store.searchRuns(query, never);
      const [experiment] = (await listChildren(catalog, undefined)).filter(
        (node) => node.kind === 'experiment' && node.experimentId === experimentId,
      );
      return { runs: items, experiment: experiment! };
    }

    it('nest each run once below its parent, from the first small page on', async () => {
      const catalog = new Catalog(store, 10);
      const { items } = await catalog.experiments();
      for (const { id } of items) {
        const { runs, experiment } = await open(catalog, id);
        assertNesting(await walkRuns(catalog, experiment), runs);
        while ((await catalog.runs(id)).hasMore) await catalog.loadMore({ kind: 'runs', experimentId: id });
        const nodes = await walkRuns(catalog, experiment);
        assertNesting(nodes, runs);
        assert.deepEqual(nodes.map(({ runId }) => runId).sort(), runs.map((run) => run.id).sort());
      }
    });

    it('bring the other runs nested in a parent that came ahead of its page', async () => {
      const catalog = new Catalog(store, 10);
      const churn = (await catalog.experiments()).items.find(({ name }) => name === 'churn-model')!;
      const { runs, experiment } = await open(catalog, churn.id);
      const parent = runs.find((run) => run.name === 'sweep-depth')!;
      await catalog.runs(churn.id);
      await catalog.loadMoreChildren(churn.id, parent.id);
      const nodes = await walkRuns(catalog, experiment);
      const children = nodes.filter((node) => node.parent.kind === 'run' && node.parent.runId === parent.id);
      assert.equal(children.length, runs.filter((run) => parentRunIdOf(run) === parent.id).length);
    });

    it('open to the last row without a failure', async () => {
      const catalog = new Catalog(store, 100);
      const { items } = await catalog.experiments();
      const experiment = (await open(catalog, items.find(({ name }) => name === 'churn-model')!.id))
        .experiment;
      const kinds = new Map<string, number>();
      const walk = async (node: ExperimentsNode): Promise<void> => {
        kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1);
        assert.ok(describeNode(catalog, node, { now: 0, keyMetric: '' }).label.length > 0);
        if (node.kind === 'section' && node.name === 'artifacts' && kinds.get('artifact')) return;
        for (const child of await listChildren(catalog, node)) await walk(child);
      };
      await walk(experiment);
      assert.equal(kinds.get('failure'), undefined);
      assert.ok((kinds.get('value') ?? 0) > 500);
    });

    it('open models to the last row', async () => {
      const catalog = new Catalog(store, 100);
      const labels: string[] = [];
      const walk = async (node: ModelsNode | undefined): Promise<void> => {
        if (node?.kind === 'field') labels.push(node.label);
        assert.notEqual(node?.kind, 'failure');
        for (const child of await listModelChildren(catalog, node)) await walk(child);
      };
      await walk(undefined);
      for (const label of ['Source run', 'validated', 'tenure', 'Outputs'])
        assert.ok(labels.includes(label), label);
    });
  });
}

async function walkRuns(catalog: Catalog, node: ExperimentsNode): Promise<readonly RunNode[]> {
  const runs = (await listChildren(catalog, node)).filter((child) => child.kind === 'run');
  const below = await Promise.all(runs.map(async (run) => [run, ...(await walkRuns(catalog, run))]));
  return below.flat();
}

/** Each row stands below its run's parent, where the experiment has that; no run has two rows. */
function assertNesting(nodes: readonly RunNode[], runs: readonly Run[]): void {
  const byId = new Map(runs.map((run) => [run.id, run]));
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  for (const { runId, parent } of nodes) {
    const parentId = parentRunIdOf(byId.get(runId)!);
    const expected = parentId !== undefined && byId.has(parentId) ? parentId : undefined;
    assert.equal(parent.kind === 'run' ? parent.runId : undefined, expected);
  }
}
