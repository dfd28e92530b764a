import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FileStoreReader } from '../../../../extension/tracking/file/fileStoreReader';
import type { Page, Run } from '../../../../extension/tracking/model';
import type { LifecycleView } from '../../../../extension/tracking/store';
import { projectRoot } from '../../../support/cache';
import { say } from '../../../support/tools';
import { fingerprintOf, openReader, useFolder } from './mlruns';

/** What MLflow 3.17.2's file store answered for the tree beside it (reference/STORES.md). */
interface Answers {
  readonly experiment_id: string;
  readonly run_ids: Readonly<Record<string, string>>;
  readonly runs_filter: readonly { readonly filter: string; readonly result: readonly string[] | Failure }[];
  readonly runs_order: readonly {
    readonly order_by: readonly string[] | null;
    readonly result: readonly string[] | Failure;
  }[];
  readonly view: readonly { readonly view: string; readonly result: readonly string[] }[];
  readonly pages: readonly { readonly names: readonly string[]; readonly out: string | null }[];
  readonly experiments: readonly Listing[];
  readonly registered_models: readonly Listing[];
  readonly model_versions: readonly Listing[];
  readonly run_data: Readonly<Record<string, RunAnswer>>;
  readonly history: Readonly<Record<string, Readonly<Record<string, readonly [string, number, number][]>>>>;
}

interface Failure {
  readonly error: string;
  readonly message: string;
}

interface Listing {
  readonly filter?: string | null;
  readonly order_by?: readonly string[] | null;
  readonly result: readonly string[] | Failure;
}

interface RunAnswer {
  readonly info: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const parity = resolve(projectRoot(), '../shared/parity');

describe('The answers of MLflow’s file store', () => {
  let root = '';

  afterEach(() => equal(fingerprintOf(root), untouched, 'something was changed'));

  const folder = useFolder();
  let answers: Answers;
  let reader: FileStoreReader;
  let untouched: string;

  before(function () {
    if (!existsSync(parity)) {
      say(`Skipped: the answers of MLflow to compare with are not in ${parity}.`);
      this.skip();
    }
    answers = JSON.parse(readFileSync(join(parity, 'filestore.json'), 'utf8')) as Answers;
  });

  beforeEach(() => {
    root = join(folder.path, 'mlruns');
    cpSync(join(parity, 'mlruns'), root, { recursive: true });
    untouched = fingerprintOf(root);
    reader = openReader(root);
    reader.connect();
  });

  const search = (query: { filter?: string; orderBy?: readonly string[]; view?: LifecycleView } = {}) =>
    namesOf(
      reader.searchRuns({
        experimentIds: [answers.experiment_id],
        view: query.view ?? 'active',
        pageSize: 1000,
        filter: query.filter,
        orderBy: query.orderBy,
      }),
    );

  const compare = (result: readonly string[] | Failure, found: () => readonly string[], what: string) => {
    if (isFailure(result)) throws(found, { name: 'TrackingError', kind: 'rejected' }, what);
    else deepEqual(found(), result, what);
  };

  it('to every filter are ours', () => {
    for (const { filter, result } of answers.runs_filter) {
      compare(result, () => search({ filter: fillIn(filter) }), filter);
    }
    ok(answers.runs_filter.length > 90);
  });

  it('to every order are ours', () => {
    for (const { order_by, result } of answers.runs_order) {
      compare(result, () => search({ orderBy: order_by ?? [] }), JSON.stringify(order_by));
    }
  });

  it('to each view are ours', () => {
    const views: Record<string, LifecycleView> = {
      ACTIVE_ONLY: 'active',
      DELETED_ONLY: 'deleted',
      ALL: 'all',
    };
    for (const { view, result } of answers.view) deepEqual(search({ view: views[view] ?? 'all' }), result);
  });

  it('in pages are ours, down to the tokens', () => {
    let pageToken: string | undefined;
    for (const { names, out } of answers.pages) {
      const query = { experimentIds: [answers.experiment_id], view: 'active', pageSize: 3 } as const;
      const page = reader.searchRuns({ ...query, pageToken, orderBy: ['start_time ASC'] });
      deepEqual(namesOf(page), names);
      equal(page.nextPageToken ?? null, out);
      pageToken = page.nextPageToken;
    }
  });

  it('for experiments are ours', () => {
    const listing = answers.experiments.find(({ filter, order_by }) => filter === null && !order_by);
    const all = answers.experiments.find(({ filter, order_by }) => filter === undefined && !order_by);
    const names = (view: LifecycleView) =>
      reader.searchExperiments({ view, pageSize: 1000 }).items.map(({ name }) => name);
    deepEqual(names('active'), listing?.result);
    deepEqual(names('all'), all?.result);
    deepEqual(names('deleted'), ['gone']);
  });

  // Of params the first ten characters were noted.
  it('for what runs hold are ours', () => {
    for (const [name, answer] of Object.entries(answers.run_data)) {
      const run = reader.getRun(answers.run_ids[name] ?? '');
      const params = [...run.params].map(([key, value]) => [key, value.slice(0, 10)] as const);
      deepEqual(Object.fromEntries(params), answer.params, name);
      deepEqual(Object.fromEntries(run.tags), answer.tags, name);
      deepEqual(
        Object.fromEntries([...run.metrics].map(([key, { value }]) => [key, value])),
        Object.fromEntries(Object.entries(answer.metrics).map(([key, value]) => [key, toNumber(value)])),
        name,
      );
      deepEqual(infoOf(run), answer.info, name);
      equal(run.problem, undefined);
    }
  });

  it('for metric histories are ours, in the order of the files', () => {
    for (const [name, metrics] of Object.entries(answers.history)) {
      for (const [key, points] of Object.entries(metrics)) {
        const history = reader.getMetricHistory(answers.run_ids[name] ?? '', key);
        deepEqual(
          [...history.values].map((value, index) => [value, history.timestamps[index], history.steps[index]]),
          points.map(([value, timestamp, step]) => [toNumber(value), timestamp, step]),
          `${name} ${key}`,
        );
      }
    }
  });

  it('for registered models and their versions are ours', () => {
    const all = answers.registered_models.find(({ filter }) => filter === null);
    const models = reader.searchRegisteredModels({ pageSize: 100 }).items;
    deepEqual(
      models.map(({ name }) => name),
      all?.result,
    );
    const versions = answers.model_versions.find(({ filter }) => filter === "name = 'm.a'");
    deepEqual(
      reader
        .searchModelVersions({ name: 'm.a', pageSize: 100 })
        .items.map((it) => `${it.name}:${it.version}`),
      versions?.result,
    );
  });

  const fillIn = (filter: string): string =>
    filter.replaceAll(/%\((.*?)\)s/g, (_, name: string) => answers.run_ids[name] ?? '').replaceAll('%%', '%');

  const namesOf = (page: Page<Run>): readonly string[] =>
    page.items.map(({ id }) => Object.entries(answers.run_ids).find(([, it]) => it === id)?.[0] ?? id);
});

function isFailure(result: readonly string[] | Failure): result is Failure {
  return !Array.isArray(result);
}

function toNumber(text: string): number {
  return text.endsWith('inf') ? Number(text.replace('inf', 'Infinity')) : Number(text);
}

function infoOf(run: Run): Record<string, unknown> {
  return {
    status: run.status,
    start_time: run.startedAt ?? null,
    end_time: run.endedAt ?? null,
    lifecycle_stage: run.lifecycle,
    user_id: run.userId,
  };
}
