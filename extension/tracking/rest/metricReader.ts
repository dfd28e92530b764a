import { cutHistory, joinHistories, toMetricHistory } from '../metricHistory';
import type { MetricHistory, MetricPoint } from '../model';
import { isMissingEndpoint } from './httpStatus';
import type { RestClient } from './restClient';

/** What MLflow allows at most. */
const pointsPerPage = 25_000;

/** Sampled points of a run: what MLflow allows at most, and what a chart of many runs can do with. */
const mostSamples = 2500;
const fewestSamples = 100;

/** Of all runs together: a server takes as long for 25,000 as for a whole history of ten times as many. */
const samplesPerRequest = 5000;

/** Where the last page of a history began, and the server's own token for it. */
interface LastPage {
  readonly pageToken: string;
  readonly offset: number;
}

/** Reads the points of metrics from an MLflow server. */
export class MetricReader {
  private readonly lastPages = new WeakMap<MetricHistory, LastPage>();
  private hasPreviews = true;

  constructor(
    private readonly client: RestClient,
    /** Below the server's address, without an ending `/`. */
    private readonly path: string,
  ) {}

  /**
   * Every point, 25,000 at a time; servers before 2.2 send all at once and name no further page. Of a history that was
   * read here before, only the last page and what follows it is asked for: if that page begins as it did, nothing was
   * put in before it. A server knows no difference between a metric without points and one that does not exist.
   */
  async history(
    runId: string,
    key: string,
    signal: AbortSignal,
    known?: MetricHistory,
  ): Promise<MetricHistory> {
    const lastPage = known && this.lastPages.get(known);
    if (known && lastPage) {
      const continued = await this.readOn(runId, key, signal, known, lastPage);
      if (continued) return continued;
    }
    return await this.readFrom(runId, key, signal, [], undefined);
  }

  /** A sample of each run's points; empty with servers before 2.11, which have none. */
  async preview(
    runIds: readonly string[],
    key: string,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>> {
    if (!this.hasPreviews || runIds.length === 0) return new Map();
    const samples = Math.max(
      fewestSamples,
      Math.min(mostSamples, Math.floor(samplesPerRequest / runIds.length)),
    );
    const query = { run_ids: runIds, metric_key: key, max_results: String(samples) };
    try {
      const path = `${this.path}/get-history-bulk-interval`;
      return byRun((await this.client.get('metricPreviews', { path, query }, signal)).items);
    } catch (error) {
      if (!isMissingEndpoint(error)) throw error;
      this.hasPreviews = false;
      return new Map();
    }
  }

  /** Undefined where the last page is not what it was. */
  private async readOn(
    runId: string,
    key: string,
    signal: AbortSignal,
    known: MetricHistory,
    { pageToken, offset }: LastPage,
  ): Promise<MetricHistory | undefined> {
    const page = await this.readPage(runId, key, signal, pageToken);
    const first = toMetricHistory(page.items);
    if (!isContinued(known, offset, first)) return undefined;
    const before = cutHistory(known, offset);
    return await this.readFrom(runId, key, signal, [before], pageToken, { ...page, history: first });
  }

  /** Reads from a page on, after `parts`; `first` is that page, if it is there already. */
  private async readFrom(
    runId: string,
    key: string,
    signal: AbortSignal,
    parts: readonly MetricHistory[],
    from: string | undefined,
    first?: { readonly history: MetricHistory; readonly nextPageToken: string | undefined },
  ): Promise<MetricHistory> {
    const all = [...parts];
    let length = all.reduce((sum, { values }) => sum + values.length, 0);
    let pageToken = from;
    let page = first;
    for (;;) {
      if (!page) {
        const { items, nextPageToken } = await this.readPage(runId, key, signal, pageToken);
        page = { history: toMetricHistory(items), nextPageToken };
      }
      all.push(page.history);
      const { nextPageToken } = page;
      if (nextPageToken === undefined || nextPageToken === pageToken) break;
      length += page.history.values.length;
      pageToken = nextPageToken;
      page = undefined;
    }
    const history = joinHistories(all);
    if (pageToken !== undefined) this.lastPages.set(history, { pageToken, offset: length });
    return history;
  }

  private async readPage(
    runId: string,
    key: string,
    signal: AbortSignal,
    pageToken: string | undefined,
  ): Promise<{ readonly items: readonly MetricPoint[]; readonly nextPageToken: string | undefined }> {
    const query = {
      run_id: runId,
      metric_key: key,
      max_results: String(pointsPerPage),
      page_token: pageToken,
    };
    return await this.client.get('metricHistory', { path: `${this.path}/get-history`, query }, signal);
  }
}

/** Whether a page begins with all that was known from its offset on. */
function isContinued(known: MetricHistory, offset: number, page: MetricHistory): boolean {
  const overlap = known.values.length - offset;
  if (overlap < 1 || page.values.length < overlap) return false;
  for (let index = 0; index < overlap; index++) {
    const isSame =
      Object.is(known.values[offset + index], page.values[index]) &&
      known.timestamps[offset + index] === page.timestamps[index] &&
      Number(known.steps[offset + index]) === Number(page.steps[index]);
    if (!isSame) return false;
  }
  return true;
}

function byRun(
  samples: readonly { readonly runId: string; readonly point: MetricPoint }[],
): ReadonlyMap<string, MetricHistory> {
  const points = new Map<string, MetricPoint[]>();
  for (const { runId, point } of samples) {
    const known = points.get(runId);
    if (known) known.push(point);
    else points.set(runId, [point]);
  }
  return new Map([...points].map(([runId, own]) => [runId, toMetricHistory(own)]));
}
