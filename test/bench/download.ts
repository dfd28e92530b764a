import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../support/mlflowServer';
import { runToEnd } from '../support/processes';
import { ensureNode } from '../support/tools';
import { compare, limit, type BenchOptions, type BenchResult } from './result';

/** What the downloading process says of one download. */
interface Downloaded {
  readonly ms: number;
  /** By how much its memory grew at most, in MB. */
  readonly growth: number;
}

/**
 * One large file from a real MLflow server and from a plain one, by our store into a part and a name, beside curl into a file, in turn.
 * An eighth of it comes through `GET /get-artifact`, the slow way that is left where a server keeps its artifacts elsewhere.
 */
export async function measureDownload({
  repetitions,
  megabytes,
}: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-download-'));
  try {
    const { fromMlflow, plain } = await measureServed(folder, repetitions, megabytes);
    const slow = await measureFetched(folder, repetitions, megabytes / 8);
    const growth = [fromMlflow, plain, slow].flatMap(({ ours }) => ours.map((one) => one.growth));
    const besideCurl = (what: string, { ours, curl }: Pairs, goal: number) =>
      compare(`download: curl / ours, ${what}`, 'ms', msOf(ours), curl, 1 / goal);
    return [
      besideCurl(`${megabytes} MiB from MLflow`, fromMlflow, 0.9),
      besideCurl(`${megabytes / 8} MiB by get-artifact`, slow, 0.9),
      besideCurl(`${megabytes} MiB from a plain server`, plain, 0.3),
      limit('download: growth of memory', 'MB', Math.max(...growth), 100),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Pairs {
  readonly ours: readonly Downloaded[];
  /** In ms. */
  readonly curl: readonly number[];
}

/** From a server that keeps the artifacts itself, and, with the same file, from a plain one. */
async function measureServed(
  folder: string,
  repetitions: number,
  megabytes: number,
): Promise<{ readonly fromMlflow: Pairs; readonly plain: Pairs }> {
  const server = await startMlflowServer();
  try {
    const { runId, path } = await logLargeFile(server, megabytes);
    const api = '/api/2.0/mlflow-artifacts/artifacts';
    const fromMlflow = await pairs(server.uri, runId, `${server.uri}${api}/${path}`, folder, repetitions);
    const bare = await servePlainly(join(server.store, 'mlartifacts', path), runId);
    try {
      const plain = await pairs(bare.uri, runId, `${bare.uri}${api}/run/large.bin`, folder, repetitions);
      return { fromMlflow, plain };
    } finally {
      await bare.close();
    }
  } finally {
    await server.stop();
  }
}

/** From a server that only knows where the artifacts are. */
async function measureFetched(folder: string, repetitions: number, megabytes: number): Promise<Pairs> {
  const root = join(folder, 'artifacts');
  const server = await startMlflowServer({ args: ['--no-serve-artifacts', '--default-artifact-root', root] });
  try {
    const { runId } = await logLargeFile(server, megabytes);
    const address = `${server.uri}/get-artifact?run_id=${runId}&path=large.bin`;
    return await pairs(server.uri, runId, address, folder, repetitions);
  } finally {
    await server.stop();
  }
}

async function logLargeFile(
  server: MlflowServer,
  megabytes: number,
): Promise<{ readonly runId: string; readonly path: string }> {
  const script = join(projectRoot(), 'test/bench/logLargeFile.py');
  const printed = await runPython(server, script, [String(megabytes)]);
  const [runId = '', path = ''] = printed.trim().split('\n').at(-1)?.split(' ') ?? [];
  return { runId, path };
}

async function pairs(
  uri: string,
  runId: string,
  address: string,
  folder: string,
  repetitions: number,
): Promise<Pairs> {
  const ours: Downloaded[] = [];
  const curl: number[] = [];
  const turns = [
    async () => ours.push(await download(uri, runId, folder)),
    async () => curl.push(await fetchByCurl(address, folder)),
  ];
  // The first round warms up the server and the disk's cache, and is not counted. Who is first changes from round to round.
  for (let round = 0; round <= repetitions; round++)
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  return { ours: ours.slice(1), curl: curl.slice(1) };
}

function msOf(downloads: readonly Downloaded[]): readonly number[] {
  return downloads.map(({ ms }) => ms);
}

/** In a process of its own, whose memory is nobody else's; its start does not count, as curl's does not. */
async function download(uri: string, runId: string, folder: string): Promise<Downloaded> {
  const { executable } = await ensureNode();
  const printed = await runToEnd(executable, [join(__dirname, 'downloadMain.js'), uri, runId, folder]);
  await rm(join(folder, 'large.bin'));
  return JSON.parse(printed) as Downloaded;
}

async function fetchByCurl(address: string, folder: string): Promise<number> {
  const target = join(folder, 'curled');
  const options = ['--silent', '--show-error', '--fail', '--output', target, '--write-out', '%{time_total}'];
  const seconds = await runToEnd('curl', [...options, address]);
  await rm(target);
  return 1000 * Number(seconds);
}

/** The same file from Node's own server, which speaks just enough of MLflow. */
async function servePlainly(
  file: string,
  runId: string,
): Promise<{ readonly uri: string; readonly close: () => Promise<void> }> {
  const { size } = await stat(file);
  const server = createServer(({ url = '' }, response) => {
    const info = { run_id: runId, experiment_id: '0', artifact_uri: 'mlflow-artifacts:/run' };
    if (url.includes('/runs/get')) response.end(JSON.stringify({ run: { info, data: {} } }));
    else if (url.includes('/artifacts/list'))
      response.end(JSON.stringify({ files: [{ path: 'large.bin', is_dir: false, file_size: size }] }));
    else {
      response.writeHead(200, { 'content-length': size, etag: '"1"' });
      createReadStream(file, { highWaterMark: 2 ** 20 }).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
