import type { Connection } from '../connections/connection';
import { originOf } from '../connections/trackingUri';
import { hideTexts } from './secretText';
import { composeTrackingEnvironment, listLostHeaders } from './trackingEnvironment';

/** What a program of ours is told of a connection. */
export interface ConnectionTracking {
  /** MLflow's own variables, credentials among them. */
  readonly variables: Readonly<Record<string, string>>;
  /** What MLflow's client cannot be told, in sentences without secrets. */
  readonly losses: readonly string[];
}

/** The variables that lead MLflow's client to the store of a connection, with its credentials unless another server would get them. */
export async function readConnectionTracking({
  uri,
  path,
  registry,
  authorize,
}: Connection): Promise<ConnectionTracking> {
  const headers = new Map(await authorize());
  const losses: string[] = [];
  const other = registry && originOf(registry.uri);
  if (other !== undefined && other !== originOf(uri) && headers.delete('authorization')) {
    losses.push(
      'The registry is on another server, so MLflow gets no credentials: it would send them to both.',
    );
  }
  const lost = listLostHeaders(headers);
  if (lost.length > 0)
    losses.push(`MLflow's own client cannot send these headers of the connection: ${lost.join(', ')}.`);
  return { variables: composeTrackingEnvironment({ uri, path, headers, registry }), losses };
}

/** A function that takes the credentials among such variables out of any text. */
export function hideCredentials(variables: NodeJS.ProcessEnv): (text: string) => string {
  const { MLFLOW_TRACKING_PASSWORD: password, MLFLOW_TRACKING_TOKEN: token } = variables;
  return hideTexts([password, token].filter((secret) => secret !== undefined));
}
