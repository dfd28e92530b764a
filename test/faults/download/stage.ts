import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settleCollisions, type CollisionChoice } from '../../../extension/artifacts/downloadTarget';
import { downloadFiles } from '../../../extension/artifacts/downloadFiles';
import { isCancellation } from '../../../extension/tracking/errors';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { unsureTail } from '../../../extension/ui/writePieces';
import { planOf } from '../../extension/artifacts/transfers';
import { replyJson, startLocalServer, type LocalServer } from '../../extension/tracking/rest/localServer';
import { createRandom } from '../random';

/** What the server says and does; MLflow itself cannot be brought to most of it. */
export interface Served {
  content: Buffer;
  etag: string;
  listedSize: number;
  /** Without Content-Length. */
  isChunked: boolean;
  /** The connection is cut after so many bytes. */
  diesAfter: number | undefined;
}

/** A server with one run that has one file, and a folder to download it to. */
export class DownloadStage {
  /** The bytes of the file that the server has sent. */
  sent = 0;
  /** What the user says of names that are taken. */
  choice: CollisionChoice = 'overwrite';
  /** The user stops once so many bytes are there. */
  stopsAfter: number | undefined;

  private constructor(
    private readonly root: string,
    readonly folder: string,
    readonly served: Served,
    private readonly server: LocalServer,
    private readonly store: RestStore,
  ) {}

  static async open(seed: number): Promise<DownloadStage> {
    const root = await mkdtemp(join(tmpdir(), 'mlflow-lens-download-'));
    const folder = join(root, 'target');
    await mkdir(folder);
    const content = makeContent(seed);
    const served: Served = {
      content,
      etag: '"1"',
      listedSize: content.byteLength,
      isChunked: false,
      diesAfter: undefined,
    };
    const server = await startLocalServer((request, response) => {
      answer(served, request, response, (count) => (stage.sent += count));
    });
    const authorize = () => Promise.resolve(new Map<string, string>());
    const store = new RestStore({ baseUri: server.uri, authorize, timeoutMs: 5000, log: () => undefined });
    const stage: DownloadStage = new DownloadStage(root, folder, served, server, store);
    return stage;
  }

  /** Downloads the file; answers what the user reads, `cancelled`, or `whole`. */
  async download(folder = this.folder): Promise<string> {
    this.sent = 0;
    const stopping = new AbortController();
    let there = 0;
    const onBytes = (count: number): void => {
      there += count;
      if (there >= (this.stopsAfter ?? Infinity)) stopping.abort();
    };
    try {
      const plan = await planOf({ store: this.store, runId: 'run', path: 'model.bin' });
      const files = (await settleCollisions(folder, plan.files, () => Promise.resolve(this.choice))) ?? [];
      const options = { folder, connectionUri: this.server.uri, onBytes };
      const { failures } = await downloadFiles(files, options, stopping.signal);
      return failures.length === 0
        ? 'whole'
        : failures.map(({ cause }) => (cause as Error).message).join(' ');
    } catch (error) {
      return isCancellation(error) ? 'cancelled' : (error as Error).message;
    }
  }

  /** The files of the target folder by name; a text for what is not the file as the server has it. */
  async look(folder = this.folder): Promise<Readonly<Record<string, string>>> {
    const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    const described = names.map(async ({ name }) => {
      const bytes = await readFile(join(folder, name));
      return [name, bytes.equals(this.served.content) ? 'whole' : `${bytes.byteLength} bytes`] as const;
    });
    return Object.fromEntries(await Promise.all(described));
  }

  async close(): Promise<void> {
    this.store.dispose();
    await this.server.close();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** The size of the file in bytes: of its half, a part is surely written. */
export const whole = 4 * unsureTail;

export function makeContent(seed: number): Buffer {
  const random = createRandom(seed);
  return Buffer.from(Uint32Array.from({ length: whole / 4 }, () => random.below(2 ** 32)).buffer);
}

function answer(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
  onSent: (count: number) => void,
): void {
  const { url = '' } = request;
  if (url.includes('/runs/get')) {
    const info = { run_id: 'run', experiment_id: '1', artifact_uri: 'mlflow-artifacts:/1/run/artifacts' };
    replyJson(response, { run: { info, data: {} } });
  } else if (url.includes('/artifacts/list')) {
    replyJson(response, { files: [{ path: 'model.bin', is_dir: false, file_size: served.listedSize }] });
  } else sendFile(served, request, response, onSent);
}

/** As MLflow does it: a range counts only for the version that it is asked of. */
function sendFile(
  { content, etag, isChunked, diesAfter }: Served,
  { headers }: IncomingMessage,
  response: ServerResponse,
  onSent: (count: number) => void,
): void {
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const from = asked !== undefined && headers['if-range'] === etag ? Number(asked) : 0;
  const body = content.subarray(from);
  const range = `bytes ${from}-${content.byteLength - 1}/${content.byteLength}`;
  response.writeHead(from > 0 ? 206 : 200, {
    etag,
    ...(from > 0 && { 'content-range': range }),
    ...(!isChunked && { 'content-length': body.byteLength }),
  });
  const part = body.subarray(0, diesAfter);
  onSent(part.byteLength);
  if (diesAfter === undefined) response.end(body);
  else response.write(part, () => response.destroy());
}
