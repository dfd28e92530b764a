import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findEndCause } from '../processes/endCause';
import { ignoreCurrentFolder } from '../processes/importPath';
import type { Program } from '../processes/program';
import { causeOf } from '../tracking/errors';
import { UserError } from '../ui/userError';
import type { SavedExample } from './inputExample';

const run = promisify(execFile);

/** A model's own files, as far as a request is made of them. */
export interface ModelFiles {
  /** The text of its MLmodel. */
  readonly mlmodel: string;
  readonly example: SavedExample | undefined;
}

/** Examples beyond that, in bytes, are nothing that an editor should open. */
const limit = 4 * 2 ** 20;

/** MLflow itself reads the model's small files, so that every kind of URI and artifact store is read. Writes one line of JSON. */
const script = `${ignoreCurrentFolder}
import json, os, tempfile
uri, limit = sys.argv[1], int(sys.argv[2])
is_folder = os.path.isdir(uri)
if not is_folder:
    import mlflow
    if uri.startswith("models:/m-") and uri.count("/") == 1:
        uri = mlflow.MlflowClient().get_logged_model(uri[len("models:/"):]).artifact_location
def read(name, folder, needed=False):
    path = os.path.join(uri, name)
    if not is_folder:
        try:
            path = mlflow.artifacts.download_artifacts(artifact_uri=uri.rstrip("/") + "/" + name, dst_path=folder)
        except Exception:
            if needed: raise
            return None
    if not needed and (not os.path.isfile(path) or os.path.getsize(path) > limit):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()
with tempfile.TemporaryDirectory() as folder:
    import yaml
    mlmodel = read("MLmodel", folder, True)
    info = (yaml.safe_load(mlmodel) or {}).get("saved_input_example_info")
    info = info if isinstance(info, dict) else {}
    example = None
    for kind, key in (("serving", "serving_input_path"), ("saved", "artifact_path")):
        name = os.path.basename(str(info.get(key) or ""))
        text = read(name, folder) if name and example is None else None
        if text is not None:
            example = {"kind": kind, "text": text, "info": {k: str(v) for k, v in info.items()}}
print(json.dumps({"mlmodel": mlmodel, "example": example}))
`;

/** Reads them by the Python of `program`, in its folder: an old store may name artifacts from there. Rejects with a UserError that names the cause, or with the signal's reason. */
export async function readModelFiles(
  { program, env, cwd }: Omit<Program, 'args'>,
  modelUri: string,
  signal: AbortSignal,
): Promise<ModelFiles> {
  const options = { signal, env, cwd, windowsHide: true, maxBuffer: 8 * limit };
  try {
    const { stdout } = await run(program, ['-c', script, modelUri, String(limit)], options);
    const { mlmodel, example } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      readonly mlmodel: string;
      readonly example: SavedExample | null;
    };
    return { mlmodel, example: example ?? undefined };
  } catch (error) {
    signal.throwIfAborted();
    const { stderr = '' } = error as { stderr?: string };
    const cause = findEndCause(stderr.split('\n')) ?? causeOf(error);
    throw new UserError(`The model's files could not be read: ${cause}.`);
  }
}
