import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findEndCause } from '../processes/endCause';
import { ignoreCurrentFolder } from '../processes/importPath';
import { explainUnsafePath } from '../tracking/artifactPath';
import { TrackingError } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import type { ArtifactStream } from '../tracking/store';
import { UserError } from '../ui/userError';
import { explainPythonFailure } from './pythonFailure';

/**
 * MLflow's own client for the artifacts of one place: it answers requests, a line of JSON each, until nobody can ask any more. What
 * others print goes to stderr. A file is fetched whole, since not every store of MLflow's streams; while it is, lines say how
 * much of it is there, by the size of what its client writes.
 */
const script = `
${ignoreCurrentFolder}
import json, os, shutil, threading
place, fetched = sys.argv[1:]
out = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
def reply(**fields):
    out.write(json.dumps(fields).encode() + b"\\n")
    out.flush()
def size_of(folder):
    size = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(root, name)).st_size
            except OSError:
                pass
    return size
def fetch(path):
    shutil.rmtree(fetched, ignore_errors=True)
    os.mkdir(fetched, 0o700)
    ended = threading.Event()
    def tell():
        while not ended.wait(0.2):
            reply(size=size_of(fetched))
    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    try:
        return repo.download_artifacts(path, fetched)
    finally:
        ended.set()
        telling.join()
repo = None
for line in sys.stdin:
    try:
        asked = json.loads(line)
        if repo is None:
            from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
            repo = get_artifact_repository(place)
        action, path = asked["action"], asked["path"]
        if action == "list":
            found = repo.list_artifacts(path or None)
            reply(files=[{"path": one.path, "isDirectory": one.is_dir, "size": one.file_size} for one in found])
        elif action == "fetch":
            reply(file=fetch(path))
        else:
            repo.log_artifact(asked["file"], path or None)
            reply(file=asked["file"])
    except BaseException as error:
        reply(error=type(error).__name__, message=str(error)[:4000], module=getattr(error, "name", None))
shutil.rmtree(fetched, ignore_errors=True)
`;

interface Reply {
  readonly files?: readonly {
    readonly path: string;
    readonly isDirectory: boolean;
    readonly size: number | null;
  }[];
  /** What was fetched; with `size`, in bytes, a file is under way and the reply is still to come. */
  readonly file?: string;
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
  private readonly lines: AsyncIterator<string, undefined>;
  /** Holds the one file that was fetched last. */
  private readonly folder = join(tmpdir(), `mlflow-lens-${randomUUID()}`);
  private lastWords = '';

  /** It ends with `dispose`, and by itself when this process is gone. */
  constructor(
    private readonly place: string,
    private readonly program: PythonProgram,
  ) {
    this.child = spawn(program.python, ['-c', script, place, this.folder], {
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
    // Ended in the middle it leaves what it fetched.
    this.child.on('close', () => void rm(this.folder, { recursive: true, force: true }));
    const lines = createInterface({ input: this.child.stdout });
    this.lines = lines[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
  }

  async list(path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const { files = [] } = await this.ask({ action: 'list', path }, signal);
    return files.map((file) => ({ ...file, size: file.isDirectory ? undefined : (file.size ?? undefined) }));
  }

  /**
   * Fetches a file, then answers its bytes. It begins anew each time: nothing tells whether a file is still the same.
   * `onFetched` is told how many bytes have come more; all of them come again as chunks, from this machine.
   */
  async open(path: string, onFetched: (count: number) => void, signal: AbortSignal): Promise<ArtifactStream> {
    let fetched = 0;
    const advance = (size: number): void => {
      if (size <= fetched) return;
      onFetched(size - fetched);
      fetched = size;
    };
    const { file = '' } = await this.ask({ action: 'fetch', path }, signal, advance);
    const { size } = await stat(file);
    return { from: 0, size, version: undefined, chunks: readFile(file, signal) };
  }

  /** Puts a file of this machine into a folder of the artifacts, under its own name. */
  async upload(file: string, folder: string, signal: AbortSignal): Promise<void> {
    await this.ask({ action: 'upload', path: folder, file }, signal);
  }

  dispose(): void {
    this.child.kill();
  }

  private async ask(
    request: { readonly action: string; readonly path: string; readonly file?: string },
    signal: AbortSignal,
    advance: (size: number) => void = () => undefined,
  ): Promise<Reply> {
    const unsafe = explainUnsafePath(request.path);
    if (unsafe !== undefined) throw new TrackingError('rejected', unsafe);
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const reply = await this.whileWanted(signal, () => this.readReply(advance));
    if (reply.error !== undefined) throw explainPythonFailure(reply, this.place, this.program.python);
    return reply;
  }

  private async readReply(advance: (size: number) => void): Promise<Reply> {
    for (;;) {
      const { done, value } = await this.lines.next();
      if (done === true) {
        const cause = findEndCause(this.lastWords.trim().split('\n')) ?? 'it wrote nothing';
        throw new UserError(`MLflow’s Python ended: ${cause}.`);
      }
      const reply = JSON.parse(value) as Reply;
      if (reply.size === undefined) return reply;
      advance(reply.size);
    }
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
}

/** Opened by whoever reads it: nobody would hear that an unread one failed. */
async function* readFile(file: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
  yield* createReadStream(file, { signal, highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>;
}
