import { TrackingError } from '../errors';
import type { Artifact } from '../model';
import { isCrash, isMissingEndpoint } from './httpStatus';
import type { RestClient } from './restClient';

/** In bytes; an MLmodel file has a few thousand. */
export const largestText = 2 ** 20;

/** `GET logged-models/{id}/artifacts/directories` (reference/REST.md §5); none with servers that do not list them. */
export async function listLoggedModelFiles(
  client: RestClient,
  modelId: string,
  path: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  const query = { artifact_directory_path: path || undefined };
  const request = { path: pathOf(modelId, 'api', 'directories'), query };
  try {
    return (await client.get('artifacts', request, signal)).items;
  } catch (error) {
    if (isMissingEndpoint(error)) return [];
    throw error;
  }
}

/** The answer to a question for a small text file; undefined where the server says that there is none. */
export async function readSmallText(ask: () => Promise<string>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isGone = error instanceof TrackingError && error.kind === 'notFound';
    if (isGone || isMissingEndpoint(error) || isCrash(error)) return undefined;
    throw error;
  }
}

/** `GET /ajax-api/…/logged-models/{id}/artifacts/files`, which MLflow's own UI asks, up to 1 MiB (reference/REST.md §5). */
export function readLoggedModelFile(
  client: RestClient,
  modelId: string,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const request = {
    path: pathOf(modelId, 'ajax-api', 'files'),
    query: { artifact_file_path: path },
    ...{ limit: largestText, isRepeatable: false },
  };
  return readSmallText(() => client.getText(request, signal));
}

function pathOf(modelId: string, api: string, what: string): string {
  return `/${api}/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts/${what}`;
}
