import { isDeepStrictEqual } from 'node:util';
import { TrackingError } from '../../extension/tracking/errors';
import type { Page, Run } from '../../extension/tracking/model';
import type { LifecycleView, PageRequest, TrackingStore } from '../../extension/tracking/store';
import {
  describeExperiment,
  describeHistory,
  describeLoggedModel,
  describeRegisteredModel,
  describeRun,
  describeVersion,
  normalize,
  readDouble,
} from './describe';
import type { Answers, Entities, ParityCase } from './oracle';

/** What MLflow and we do not agree on. */
export interface Difference {
  readonly what: string;
  /** The one value that differs, by its keys; `''` where more than one does. */
  readonly at?: string;
  readonly mlflow: unknown;
  readonly ours: unknown;
}

export interface Comparison {
  /** Searches for runs. */
  readonly cases: number;
  /** Experiments, runs, histories, models and versions, once each way in which they can be asked for. */
  readonly entities: number;
  readonly differences: readonly Difference[];
}

const never = new AbortController().signal;
const views: readonly LifecycleView[] = ['active', 'deleted', 'all'];
const mostPages = 6;

/** Asks our store all that MLflow was asked. */
export async function compareStore(store: TrackingStore, { entities, cases }: Answers): Promise<Comparison> {
  const comparer = new Comparer(store, entities);
  await comparer.compareRuns();
  await comparer.compareExperiments();
  await comparer.compareModels();
  await comparer.compareModelSearches();
  const { asked } = comparer;
  for (const it of cases) await comparer.compareSearch(it);
  return { cases: cases.length, entities: asked, differences: comparer.differences };
}

class Comparer {
  asked = 0;
  readonly differences: Difference[] = [];
  private readonly runs: ReadonlyMap<string, unknown>;
  private readonly found: ReadonlyMap<string, unknown>;

  constructor(
    private readonly store: TrackingStore,
    private readonly entities: Entities,
  ) {
    const byId = (runs: readonly { id: string }[]): ReadonlyMap<string, unknown> =>
      new Map(runs.map((run) => [run.id, normalize(readMetrics(run))]));
    this.runs = byId(entities.runs);
    this.found = byId(entities.found);
  }

  async compareExperiments(): Promise<void> {
    for (const view of views) {
      const expected = this.entities.experiments[view].map(normalize);
      await this.compareListing(`${view} experiments`, expected, describeExperiment, (page) =>
        this.store.searchExperiments({ ...page, view }, never),
      );
    }
  }

  async compareRuns(): Promise<void> {
    for (const { id, experimentId } of this.entities.runs) {
      await this.compare(`run ${id}`, this.runs.get(id), async () =>
        describeRun(await this.store.getRun(id, never)),
      );
      for (const [key, points] of Object.entries(this.entities.histories[id] ?? {})) {
        const expected = (points as [string, ...unknown[]][]).map(([value, ...rest]) => [
          readDouble(value),
          ...rest,
        ]);
        await this.compare(`history of ${key} of run ${id}`, expected, async () =>
          describeHistory(await this.store.getMetricHistory(id, key, never)),
        );
      }
      const some = await this.store.getRuns(experimentId, [id, 'nowhere'], never);
      this.asked++;
      this.expectEqual(`how many runs ${id} is`, 1, some.length);
      for (const run of some) this.expectRun(run, 'in getRuns');
    }
  }

  async compareModels(): Promise<void> {
    const { models, versions, loggedModels } = this.entities;
    await this.compareListing('registered models', models.map(normalize), describeRegisteredModel, (page) =>
      this.store.searchRegisteredModels(page, never),
    );
    for (const model of models) {
      const { name } = model;
      await this.compare(`registered model ${name}`, normalize(model), async () =>
        describeRegisteredModel(await this.store.getRegisteredModel(name, never)),
      );
      const expected = versions[name]?.map(normalize) ?? [];
      await this.compareListing(`versions of ${name}`, expected, describeVersion, (page) =>
        this.store.searchModelVersions({ ...page, name }, never),
      );
    }
    for (const [experimentId, logged] of Object.entries(loggedModels)) {
      await this.compareListing(
        `logged models of ${experimentId}`,
        logged.map(normalize),
        describeLoggedModel,
        (page) => this.store.searchLoggedModels({ ...page, experimentId }, never),
      );
      for (const sourceRunId of new Set(logged.map((model) => model.sourceRunId))) {
        if (sourceRunId === null) continue;
        const own = logged.filter((model) => model.sourceRunId === sourceRunId).map(normalize);
        await this.compareListing(`logged models of run ${sourceRunId}`, own, describeLoggedModel, (page) =>
          this.store.searchLoggedModels({ ...page, experimentId, sourceRunId }, never),
        );
      }
    }
  }

  async compareModelSearches(): Promise<void> {
    for (const { filter, names, refusal } of this.entities.modelSearches) {
      const ours = await this.store.searchRegisteredModels({ pageSize: 100, filter }, never).then(
        ({ items }) => ({ names: items.map(({ name }) => name) }),
        (error: unknown) => ({ refused: error instanceof TrackingError, error }),
      );
      this.asked++;
      if ('refused' in ours && ours.refused && refusal !== undefined) continue;
      this.expectEqual(`models by ${filter}`, refusal === undefined ? { names } : { refusal }, ours);
    }
  }

  /** The ids of each page in their order, and every value of every run on it. Whoever refuses, both must. */
  async compareSearch(question: ParityCase): Promise<void> {
    const { pages, isWhole, refusal, ...query } = question;
    const what = `search ${JSON.stringify(query)}`;
    const answer = await this.search(query);
    if (answer instanceof Error) {
      if (!(answer instanceof TrackingError) || refusal === undefined) {
        this.differences.push({ what, mlflow: refusal ?? pages, ours: String(answer) });
      }
      return;
    }
    const ours = { pages: answer.pages.map((page) => page.map(({ id }) => id)), isWhole: answer.isWhole };
    this.expectEqual(what, refusal === undefined ? { pages, isWhole } : { refusal }, ours);
    for (const run of answer.pages.flat()) this.expectRun(run, `in ${what}`);
  }

  /** In a listing a run may be as a search of MLflow's gives it, or whole. */
  private expectRun(run: Run, where: string): void {
    const ours = describeRun(run);
    if (isDeepStrictEqual(this.found.get(run.id), ours)) return;
    this.expectEqual(`run ${run.id} ${where}`, this.runs.get(run.id), ours);
  }

  private async search(
    query: Pick<ParityCase, 'experimentIds' | 'filter' | 'view' | 'orderBy' | 'pageSize'>,
  ): Promise<{ pages: (readonly Run[])[]; isWhole: boolean } | Error> {
    const { filter, orderBy, ...rest } = query;
    const pages: (readonly Run[])[] = [];
    let pageToken: string | undefined;
    try {
      do {
        const request = { ...rest, filter: filter ?? undefined, orderBy: orderBy ?? undefined, pageToken };
        const page = await this.store.searchRuns(request, never);
        pages.push(page.items);
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined && pages.length < mostPages);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    return { pages, isWhole: pageToken === undefined };
  }

  /** In one page and in small ones. */
  private async compareListing<T>(
    what: string,
    expected: readonly unknown[],
    describe: (item: T) => unknown,
    search: (page: PageRequest) => Promise<Page<T>>,
  ): Promise<void> {
    for (const pageSize of [1000, 3]) {
      await this.compare(`${what} by ${pageSize}`, expected, async () => {
        const items: T[] = [];
        let pageToken: string | undefined;
        do {
          const page = await search({ pageSize, pageToken });
          items.push(...page.items);
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined && items.length <= expected.length);
        return items.map(describe);
      });
    }
  }

  private async compare(what: string, expected: unknown, ask: () => Promise<unknown>): Promise<void> {
    this.asked++;
    const ours = await ask().catch((error: unknown) => String(error));
    this.expectEqual(what, expected, ours);
  }

  private expectEqual(what: string, mlflow: unknown, ours: unknown): void {
    if (!isDeepStrictEqual(mlflow, ours)) this.differences.push({ what, ...findDifference(mlflow, ours) });
  }
}

/** The part of both that differs, since a run may have hundreds of values. */
function findDifference(mlflow: unknown, ours: unknown, at = ''): Omit<Difference, 'what'> {
  if (isObject(mlflow) && isObject(ours) && Array.isArray(mlflow) === Array.isArray(ours)) {
    const keys = [...new Set([...Object.keys(mlflow), ...Object.keys(ours)])];
    const differing = keys.filter((key) => !isDeepStrictEqual(own(mlflow, key), own(ours, key)));
    const [key] = differing;
    if (differing.length === 1 && key !== undefined) {
      return findDifference(own(mlflow, key), own(ours, key), `${at}/${key}`);
    }
  }
  return { at, mlflow, ours };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

function readMetrics(run: object): unknown {
  const { metrics } = run as { metrics: Readonly<Record<string, { readonly value: string }>> };
  const read = Object.entries(metrics).map(([key, point]) => [
    key,
    { ...point, value: readDouble(point.value) },
  ]);
  return { ...run, metrics: Object.fromEntries(read) as unknown };
}
