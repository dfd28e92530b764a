import { UserError } from '../ui/userError';

/** What MLflow's client raised in a Python of ours. */
interface PythonFailure {
  /** The name of its class. */
  readonly error?: string;
  readonly message?: string;
  /** What an import looked for. */
  readonly module?: string | null;
}

/** What MLflow reads a cloud's storage with, by the scheme of its URIs; MLflow's own extras do not name all of them. */
const packages: Readonly<Record<string, string>> = {
  s3: 'boto3',
  gs: 'google-cloud-storage',
  wasb: 'azure-storage-blob and azure-identity',
  wasbs: 'azure-storage-blob and azure-identity',
  abfs: 'azure-storage-file-datalake and azure-identity',
  abfss: 'azure-storage-file-datalake and azure-identity',
};

/** Why MLflow's client cannot read or write artifacts at a place, and what to do where it lacks a package or credentials. */
export function explainPythonFailure(
  { error = '', message = '', module }: PythonFailure,
  place: string,
  python: string,
): UserError {
  const scheme = place.slice(0, Math.max(0, place.indexOf(':')));
  const said = shorten(message);
  if (/^(ModuleNotFound|Import)Error$/.test(error)) {
    const what = packages[scheme.toLowerCase()] ?? module ?? said;
    return new UserError(
      `MLflow needs ${what} for artifacts at ${scheme}:, and ${python} does not have it: install it there.`,
    );
  }
  if (/credential/i.test(`${error} ${said}`))
    return new UserError(
      `MLflow has no credentials for artifacts at ${scheme}: (${said}). It takes them from the environment that VS Code was started in, or from the files of the cloud’s own tools.`,
    );
  return new UserError(`MLflow says: ${error}: ${said}`);
}

/** Without MLflow's words around the cause. */
function shorten(message: string): string {
  const cause = message.replace(/^The following failures occurred.*?##### File .*? #####/s, '');
  return cause.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
