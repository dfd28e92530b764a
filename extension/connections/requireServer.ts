import { UserError } from '../ui/userError';
import { originOf } from './trackingUri';

/** The origin of the server in use; throws a UserError where there is none. */
export function requireServer(uri: string | undefined): string {
  const origin = uri === undefined ? undefined : originOf(uri);
  if (origin === undefined) throw new UserError('No MLflow server is in use: run “MLflow: Connect…” first.');
  return origin;
}
