import { shellQuote } from '../../language-server/documents/shellQuote';
import type { ModelVersion } from '../tracking/model';
import { chooseLoadingCode } from '../ui/loadingCode';

/** What is copied of a version, for people and for the clipboard. */
export interface Copied {
  readonly noun: string;
  readonly text: string;
}

/** What MLflow loads a version by: its aliases, which may move, then its number. */
function listUris({ name, version }: Pick<ModelVersion, 'name' | 'version'>, aliases: readonly string[]) {
  return [...aliases.map((alias) => `models:/${name}@${alias}`), `models:/${name}/${version}`];
}

/** A flavor's own loader is used only for models that are no Python function. */
export function writeCode(
  version: Pick<ModelVersion, 'name' | 'version'>,
  aliases: readonly string[],
  flavors: readonly string[],
): readonly Copied[] {
  const uris = listUris(version, aliases);
  const codes = uris.map((uri) =>
    chooseLoadingCode(flavors.length === 0 ? ['python_function'] : flavors, uri),
  );
  return [
    ...uris.map((text) => ({ noun: 'Model URI', text })),
    ...codes.filter((code) => code !== undefined).map((text) => ({ noun: 'Python code', text })),
  ];
}

/** Credentials are left to the environment, where MLflow's own client takes them from. */
export function writeCurl(address: string, authorization: string): string {
  const curl = `curl -sS ${shellQuote(address)}`;
  if (/^basic /i.test(authorization))
    return `${curl} -u "$MLFLOW_TRACKING_USERNAME:$MLFLOW_TRACKING_PASSWORD"`;
  return authorization === '' ? curl : `${curl} -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN"`;
}
