import { isCancellation, TrackingError } from '../errors';
import type { StoreInfo } from '../store';
import { isMissingEndpoint } from './httpStatus';
import type { RestClient } from './restClient';

/** The version is a courtesy: a server that keeps it to itself must not keep us waiting, in ms. */
const versionTimeout = 5000;

/**
 * Finds out whether an MLflow that we can read answers: `GET /version` and the smallest search at once
 * (reference/REST.md §1, §2). Rejects with the search's TrackingError, or `tooOld`.
 */
export async function probeServer(client: RestClient, signal: AbortSignal): Promise<StoreInfo> {
  const [version, search] = await Promise.allSettled([
    readVersion(client, signal),
    searchOneExperiment(client, signal),
  ]);
  signal.throwIfAborted();
  const known = version.status === 'fulfilled' ? version.value : undefined;
  if (known !== undefined && Number.parseInt(known) < 2) throw tooOld(client, `MLflow ${known}`);
  if (search.status === 'rejected') throw search.reason;
  return { version: known };
}

/** Undefined if what answers is no version, as with a web page for every path. */
async function readVersion(client: RestClient, signal: AbortSignal): Promise<string | undefined> {
  const request = { path: '/version', limit: 1024, isRepeatable: false, timeoutMs: versionTimeout };
  const text = (await client.getText(request, signal)).trim();
  return /^\d+(\.\w+)+$/.test(text) ? text : undefined;
}

async function searchOneExperiment(client: RestClient, signal: AbortSignal): Promise<void> {
  const request = { path: '/api/2.0/mlflow/experiments/search', body: { max_results: 1 } };
  try {
    await client.search('firstExperiments', request, signal);
  } catch (error) {
    if (isMissingEndpoint(error) && (await listsExperiments(client, signal)))
      throw tooOld(client, 'MLflow 1.x');
    throw error;
  }
}

/** MLflow 1.x has `experiments/list`, which 2.0 took away. */
async function listsExperiments(client: RestClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.get('firstExperiments', { path: '/api/2.0/mlflow/experiments/list' }, signal);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

function tooOld({ host }: RestClient, what: string): TrackingError {
  return new TrackingError('tooOld', `${host} runs ${what}; MLflow 2.0 or newer is needed.`);
}
