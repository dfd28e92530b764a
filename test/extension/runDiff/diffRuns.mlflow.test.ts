import { deepEqual, equal, ok } from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffArtifacts } from '../../../extension/runDiff/diffArtifacts';
import { diffRuns } from '../../../extension/runDiff/diffRuns';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { DiffRow, RunDiff, SectionId } from '../../../webviews/protocol/runDiff';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { testSeed } from '../../support/testSeed';
import { makeRepository, type Repository } from './repository';
import { sourceOf } from './sources';

/** What compareRuns.py prints. */
interface Answers {
  readonly params: Readonly<
    Record<string, { readonly state: string; readonly texts: readonly (string | null)[] }>
  >;
  readonly changes: Readonly<Record<string, readonly (readonly [string, string] | null)[]>>;
  readonly sizes: Readonly<Record<string, readonly (string | null)[]>>;
  readonly commits: readonly (string | null)[];
}

const script = (name: string) => join(projectRoot(), 'test/extension/runDiff', name);
const never = new AbortController().signal;

describe('The difference of runs that MLflow logged, beside what Python makes of them', () => {
  let server: MlflowServer;
  let repository: Repository;
  let folder: string;
  let store: RestStore;
  const commits: string[] = [];
  const runs: string[] = [];

  before(async () => {
    server = await startMlflowServer();
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-repository-'));
    repository = await makeRepository(folder);
    const train = join(folder, 'train.py');
    await copyFile(script('train.py'), train);
    for (const step of [0, 1]) {
      await writeFile(join(folder, 'notes.md'), `step ${step}\n`);
      commits.push(await repository.commit(`step ${step}`));
      const printed = await runPython(server, train, [String(testSeed + step), '3']);
      runs.push(...(JSON.parse(printed.trim().split('\n').at(-1) ?? '') as string[]));
    }
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
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (ids: readonly string[]) =>
    JSON.parse(
      (await runPython(server, script('compareRuns.py'), ids)).trim().split('\n').at(-1) ?? '',
    ) as Answers;

  const compare = async (ids: readonly string[]) => {
    const read = await Promise.all(ids.map((id) => store.getRun(id, never)));
    const sources = read.map((run) => sourceOf(run));
    return diffRuns(sources, { baseline: 0, directionOf: () => 'lower' });
  };

  const groups = [
    [0, 1],
    [0, 3],
    [2, 5, 1],
    [0, 1, 2, 3, 4, 5],
  ] as const;
  for (const group of groups) {
    it(`is the same for runs ${group.join(', ')}`, async () => {
      const ids = group.map((index) => runs[index] ?? '');
      const [diff, answers] = await Promise.all([compare(ids), ask(ids)]);
      deepEqual(paramsOf(diff), answers.params);
      deepEqual(withNumbers(changesOf(diff)), withNumbers(answers.changes));
      deepEqual(
        diff.runs.map(({ commit }) => commit ?? null),
        answers.commits,
      );
    });
  }

  it('has seen all kinds of difference', async () => {
    const states = new Set(rowsOf(await compare(runs), 'params').map(({ state }) => state));
    deepEqual([...states].filter((state) => ['differs', 'missing'].includes(state)).length, 2);
  });

  it('knows the commits of the repository', async () => {
    const diff = await compare(runs);
    const [first = '', second = ''] = commits;
    deepEqual(
      diff.runs.map(({ commit }) => commit),
      [first, first, first, second, second, second],
    );
    equal(rowsOf(diff, 'details').find(({ key }) => key === 'Git commit')?.state, 'differs');
    ok(commits.every((commit) => /^[0-9a-f]{40}$/.test(commit)));
  });

  it('compares artifacts by size', async () => {
    const [folders, answers] = await Promise.all([
      Promise.all(runs.map((id) => store.listArtifacts(id, '', never))),
      ask(runs),
    ]);
    const { rows } = diffArtifacts(folders);
    deepEqual(
      Object.fromEntries(
        rows.map(({ path, values, cells }) => [path, cells.map((cell) => values[cell] ?? null)]),
      ),
      answers.sizes,
    );
  });
});

function rowsOf(diff: RunDiff, id: SectionId): readonly DiffRow[] {
  return diff.sections.find((section) => section.id === id)?.rows ?? [];
}

function paramsOf(diff: RunDiff): Answers['params'] {
  return Object.fromEntries(
    rowsOf(diff, 'params').map(({ key, state, values, cells }) => [
      key,
      { state, texts: cells.map((cell) => values[cell] ?? null) },
    ]),
  );
}

/** The baseline has no change of its own; Python says that it is the same as itself. */
function changesOf(diff: RunDiff): Answers['changes'] {
  return Object.fromEntries(
    rowsOf(diff, 'metrics').map(({ key, changes = [], cells }) => [
      key,
      changes.map((change, index) => {
        if (index === 0) return (cells[0] ?? -1) < 0 ? null : (['0', 'same'] as const);
        return change && ([change.delta, change.verdict] as const);
      }),
    ]),
  );
}

/** Both print a double so that it is read back as it was, but not alike. */
function withNumbers(changes: Answers['changes']): unknown {
  return Object.entries(changes).map(([key, row]) => [
    key,
    row.map((change) => change && [Number(change[0]), change[1]]),
  ]);
}
