import { deepEqual, equal, throws } from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrackingError } from '../../../../extension/tracking/errors';
import type { LifecycleView } from '../../../../extension/tracking/store';
import { SqliteReader } from '../../../../extension/tracking/sqlite/sqliteReader';
import { projectRoot } from '../../../support/cache';

/** What MLflow 3.17.2 answered about the database beside it. */
interface Expected {
  readonly experiment_id: string;
  readonly run_ids: Readonly<Record<string, string>>;
  readonly runs_filter: readonly { readonly filter: string; readonly result: Answer }[];
  readonly runs_order: readonly { readonly order_by: readonly string[] | null; readonly result: Answer }[];
  readonly view: readonly { readonly view: string; readonly result: Answer }[];
  readonly pages: readonly { readonly names: readonly string[]; readonly out: string | null }[];
  readonly experiments: readonly { readonly filter?: string | null; readonly result: Answer }[];
  readonly registered_models: readonly { readonly filter?: string | null; readonly result: Answer }[];
  readonly model_versions: readonly { readonly filter?: string | null; readonly result: Answer }[];
  readonly run_data: Readonly<Record<string, RunData>>;
  readonly history: Readonly<Record<string, Readonly<Record<string, readonly Point[]>>>>;
}

type Answer = readonly string[] | { readonly error: string };
type Point = readonly [value: string, timestamp: number, step: number];

interface RunData {
  readonly info: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const views: Readonly<Record<string, LifecycleView>> = {
  ACTIVE_ONLY: 'active',
  DELETED_ONLY: 'deleted',
  ALL: 'all',
};

describe('A database that MLflow 3.17.2 wrote', () => {
  const folder = join(projectRoot(), '..', 'shared', 'parity');
  const answers = join(folder, 'sqlite.json');
  if (!existsSync(answers)) {
    it.skip('is in ../shared/parity, which is not here');
    return;
  }
  const expected = JSON.parse(readFileSync(answers, 'utf8')) as Expected;
  const experimentIds = [expected.experiment_id];
  const original = readFileSync(join(folder, 'mlflow.db'));
  let place: string;
  let reader: SqliteReader;

  before(() => {
    place = mkdtempSync(join(tmpdir(), 'mlflow-lens-parity-'));
    copyFileSync(join(folder, 'mlflow.db'), join(place, 'mlflow.db'));
    reader = new SqliteReader({ path: join(place, 'mlflow.db'), throwIfAborted: () => undefined });
  });

  after(() => {
    reader.close();
    rmSync(place, { recursive: true });
  });

  const nameOf = new Map(Object.entries(expected.run_ids).map(([name, id]) => [id, name]));
  const search = (query: {
    readonly filter?: string;
    readonly orderBy?: readonly string[];
    readonly view?: LifecycleView;
  }): readonly (string | undefined)[] =>
    reader
      .searchRuns({ experimentIds, view: 'active', pageSize: 100, ...query })
      .items.map(({ id }) => nameOf.get(id));
  const check = (answer: Answer, ask: () => readonly (string | undefined)[]): void => {
    if ('error' in answer)
      throws(ask, (error) => error instanceof TrackingError && error.kind === 'rejected');
    else deepEqual(ask(), answer);
  };

  for (const { filter, result } of expected.runs_filter) {
    it(`answers the filter ${JSON.stringify(filter)} as MLflow does`, () => {
      check(result, () => search({ filter }));
    });
  }

  for (const { order_by, result } of expected.runs_order) {
    it(`is ordered by ${JSON.stringify(order_by)} as MLflow orders it`, () => {
      check(result, () => search({ orderBy: order_by ?? [] }));
    });
  }

  for (const { view, result } of expected.view) {
    it(`shows ${view} as MLflow does`, () => {
      check(result, () => search({ view: views[view] ?? 'all' }));
    });
  }

  it("comes in MLflow's pages, with its tokens", () => {
    let pageToken: string | undefined;
    for (const { names, out } of expected.pages) {
      const orderBy = ['attributes.start_time ASC'];
      const page = reader.searchRuns({ experimentIds, view: 'active', pageSize: 3, pageToken, orderBy });
      deepEqual([page.items.map(({ id }) => nameOf.get(id)), page.nextPageToken], [names, out ?? undefined]);
      pageToken = page.nextPageToken;
    }
  });

  it('lists experiments, registered models and versions as MLflow does', () => {
    const plain = (list: readonly { readonly filter?: string | null; readonly result: Answer }[]) =>
      list.find(({ filter }) => filter === null)?.result;
    const experiments = reader.searchExperiments({ view: 'active', pageSize: 100 }).items;
    deepEqual(
      experiments.map(({ name }) => name),
      plain(expected.experiments),
    );
    const models = reader.searchRegisteredModels({ pageSize: 100 }).items;
    deepEqual(
      models.map(({ name }) => name),
      plain(expected.registered_models),
    );
    const versions = models.flatMap(({ name }) => reader.searchModelVersions({ name, pageSize: 100 }).items);
    deepEqual(
      versions.map(({ name, version }) => `${name}:${version}`).sort(),
      [...(plain(expected.model_versions) as readonly string[])].sort(),
    );
    deepEqual(
      versions.map((version) => reader.getModelVersion(version)),
      versions,
    );
    for (const version of ['99', '-1', 'one'])
      throws(() => reader.getModelVersion({ name: models[0]?.name ?? '', version }), /There is no version/);
  });

  for (const [name, data] of Object.entries(expected.run_data)) {
    it(`gives the data of run ${name} as MLflow does`, () => {
      const run = reader.getRun(expected.run_ids[name] ?? '');
      equal(run.problem, undefined);
      // The answers hold no more of long values.
      const params = [...run.params].map(([key, value]) => [key, value.slice(0, 10)]);
      deepEqual(Object.fromEntries(params), data.params);
      deepEqual(Object.fromEntries(run.tags), data.tags);
      deepEqual(
        Object.fromEntries([...run.metrics].map(([key, { value }]) => [key, value])),
        Object.fromEntries(Object.entries(data.metrics).map(([key, value]) => [key, toNumber(value)])),
      );
    });
  }

  for (const [name, histories] of Object.entries(expected.history)) {
    it(`gives the histories of run ${name} in MLflow's order`, () => {
      for (const [key, points] of Object.entries(histories)) {
        const { steps, timestamps, values } = reader.getMetricHistory(expected.run_ids[name] ?? '', key);
        deepEqual(
          Array.from(values, (value, index) => [value, timestamps[index], Number(steps[index])]),
          points.map(([value, timestamp, step]) => [toNumber(value), timestamp, step]),
        );
      }
    });
  }

  it('keeps every byte, and gets no file beside it', () => {
    deepEqual(readFileSync(join(place, 'mlflow.db')), original);
    deepEqual(readdirSync(place), ['mlflow.db']);
  });
});

/** A number as Python prints it; MLflow gives ±infinity as ±1.797…e308. */
function toNumber(text: string): number {
  const value = Number(text.replace('inf', 'Infinity'));
  if (value === Number.MAX_VALUE) return Infinity;
  return value === -Number.MAX_VALUE ? -Infinity : value;
}
