import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { tmpdir } from 'node:os';
import { findEndCause } from '../processes/endCause';
import { ignoreCurrentFolder } from '../processes/importPath';
import { explainUnsafePath } from '../tracking/artifactPath';
import { TrackingError } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import type { ArtifactStream } from '../tracking/store';
import { UserError } from '../ui/userError';

/**
 * MLflow's own client for the artifacts of one place: it answers requests, a line of JSON each, until nobody can ask any more. What
 * others print goes to stderr. A file is fetched whole before it comes, since not every store of MLflow's streams.
 */
const script = `
${ignoreCurrentFolder}
import json, os, shutil, tempfile
out = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
def reply(**fields):
    out.write(json.dumps(fields).encode() + b"\\n")
    out.flush()
repo = None
for line in sys.stdin:
    try:
        asked = json.loads(line)
        if repo is None:
            from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
            repo = get_artifact_repository(sys.argv[1])
        action, path = asked["action"], asked["path"]
        if action == "list":
            found = repo.list_artifacts(path or None)
            reply(files=[{"path": one.path, "isDirectory": one.is_dir, "size": one.file_size} for one in found])
        elif action == "read":
            with tempfile.TemporaryDirectory() as folder:
                local = repo.download_artifacts(path, folder)
                with open(local, "rb") as file:
                    reply(size=os.fstat(file.fileno()).st_size)
                    shutil.copyfileobj(file, out, 1 << 20)
                    out.flush()
        else:
            repo.log_artifact(asked["file"], path or None)
            reply()
    except BaseException as error:
        text = str(error).strip().splitlines()
        reply(error=type(error).__name__, message=text[0] if text else "", module=getattr(error, "name", None))
`;

interface Reply {
  readonly files?: readonly {
    readonly path: string;
    readonly isDirectory: boolean;
    readonly size: number | null;
  }[];
  readonly size?: number;
  readonly error?: string;
  readonly message?: string;
  readonly module?: string | null;
}

export interface PythonProgram {
  readonly python: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The artifacts at a place that MLflow's own Python reads and writes, with the credentials of its environment. One question at a time. */
export class PythonArtifacts {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly pieces: AsyncIterator<Buffer, undefined>;
  private rest: Buffer = Buffer.alloc(0);
  private lastWords = '';

  /** It ends with `dispose`, and by itself when this process is gone. */
  constructor(
    private readonly place: string,
    private readonly program: PythonProgram,
  ) {
    this.child = spawn(program.python, ['-c', script, place], {
      cwd: tmpdir(),
      env: program.env,
      stdio: 'pipe',
      windowsHide: true,
    });
    this.child.stdin.on('error', () => undefined);
    this.child.on('error', ({ message }) => (this.lastWords += `\n${message}`));
    this.child.stderr.on('data', (text: Buffer) => {
      this.lastWords = (this.lastWords + text.toString()).slice(-8000);
    });
    this.pieces = this.child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  async list(path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const { files = [] } = await this.ask({ action: 'list', path }, signal);
    return files.map((file) => ({ ...file, size: file.isDirectory ? undefined : (file.size ?? undefined) }));
  }

  /** It begins anew each time: nothing tells whether a file is still the same. */
  async open(path: string, signal: AbortSignal): Promise<ArtifactStream> {
    const { size = 0 } = await this.ask({ action: 'read', path }, signal);
    return { from: 0, size, version: undefined, chunks: this.take(size, signal) };
  }

  /** Puts a file of this machine into a folder of the artifacts, under its own name. */
  async upload(file: string, folder: string, signal: AbortSignal): Promise<void> {
    await this.ask({ action: 'write', path: folder, file }, signal);
  }

  dispose(): void {
    this.child.kill();
  }

  private async ask(
    request: { readonly action: string; readonly path: string; readonly file?: string },
    signal: AbortSignal,
  ): Promise<Reply> {
    const unsafe = explainUnsafePath(request.path);
    if (unsafe !== undefined) throw new TrackingError('rejected', unsafe);
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const reply = JSON.parse(await this.whileWanted(signal, () => this.readLine())) as Reply;
    if (reply.error !== undefined) throw this.explain(reply);
    return reply;
  }

  private async *take(size: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    let left = size;
    try {
      while (left > 0) {
        if (this.rest.byteLength === 0) await this.whileWanted(signal, () => this.readMore());
        const piece = this.rest.subarray(0, left);
        this.rest = this.rest.subarray(piece.byteLength);
        left -= piece.byteLength;
        yield piece;
      }
    } finally {
      // Whoever leaves in the middle has no use for what would come next.
      if (left > 0) this.dispose();
    }
  }

  private async readLine(): Promise<string> {
    let end: number;
    while ((end = this.rest.indexOf(10)) < 0) await this.readMore();
    const line = this.rest.subarray(0, end).toString();
    this.rest = this.rest.subarray(end + 1);
    return line;
  }

  private async readMore(): Promise<void> {
    const next = await this.pieces.next();
    if (next.done === true) {
      const cause = findEndCause(this.lastWords.trim().split('\n')) ?? 'it wrote nothing';
      throw new UserError(`MLflow’s Python ended: ${cause}.`);
    }
    this.rest = this.rest.byteLength === 0 ? next.value : Buffer.concat([this.rest, next.value]);
  }

  /** MLflow's client cannot be stopped at what it does, so it is ended. */
  private async whileWanted<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const end = (): void => {
      this.dispose();
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  private explain({ error = '', message = '', module }: Reply): Error {
    const isMissing = /^(ModuleNotFound|Import)Error$/.test(error);
    if (isMissing) {
      const what = module ?? message;
      const scheme = this.place.slice(0, this.place.indexOf(':') + 1);
      return new UserError(
        `MLflow needs ${what} for artifacts at ${scheme}, and ${this.program.python} does not have it: install it there.`,
      );
    }
    return new UserError(`MLflow says: ${error}: ${message}`);
  }
}
