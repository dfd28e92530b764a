import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, win32 } from 'node:path';
import { explainUnsafeTarget } from '../../../extension/artifacts/safeName';
import { TrackingError } from '../../../extension/tracking/errors';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import { runToEnd } from '../../support/processes';
import { startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import type { FaultOptions } from '../faultOptions';
import type { Verdict } from '../verdict';
import { downloadHostilePath } from '../download/targetPaths';
import { pathCases, type PathCase } from './pathCases';

/** The questions that each path is judged by. */
export const questions = [
  'inside', // nothing of what lies outside arrived, and nothing was written there
  'answered', // refused with the reason, or the very file of that name
  'neighbours', // a file beside it is read as before
] as const;

type Question = (typeof questions)[number];
type Wrong = Map<Question, string>;

export const groups = ['REST', 'local', 'target'] as const;
type Group = (typeof groups)[number];

/** What is outside, and what is in the files that paths may mean. */
const secret = 'CANARY';
const inside = 'inside';

const never = new AbortController().signal;

/** A run of a real server with files of odd names among its artifacts, read over REST and beside the database. */
interface Stage {
  readonly runId: string;
  readonly stores: Readonly<Record<'REST' | 'local', TrackingStore>>;
}

/** Asks for artifacts by hostile paths, of a server, of a local store, and as what a store lists in a folder that is downloaded. */
export async function injectPaths(options: FaultOptions): Promise<readonly Verdict<Question>[]> {
  const server = await startMlflowServer();
  const stage = await setStage(server);
  try {
    const verdicts: Verdict<Question>[] = [];
    for (const group of groups)
      for (const one of pathCases.filter(({ name }) => options.only.test(`${group} ${name}`))) {
        const verdict = await judge(group, one, stage);
        options.report(verdict);
        verdicts.push(verdict);
      }
    return verdicts;
  } finally {
    for (const store of Object.values(stage.stores)) store.dispose();
    await server.stop();
  }
}

async function setStage(server: MlflowServer): Promise<Stage> {
  const code =
    'import mlflow\nwith mlflow.start_run() as run: mlflow.log_text("plain", "plain.txt")\nprint(run.info.run_id, run.info.experiment_id)';
  const env = { MLFLOW_TRACKING_URI: server.uri };
  const printed = await runToEnd(server.python, ['-c', code], { env });
  const [runId = '', experimentId = ''] = printed.trim().split('\n').at(-1)?.split(' ') ?? [];
  const artifacts = join(server.store, 'mlartifacts', experimentId, runId, 'artifacts');
  await writeFile(join(artifacts, '../secret'), secret);
  await symlink(join(artifacts, '..'), join(artifacts, 'linked'));
  for (const { path } of pathCases.filter(({ kind }) => kind === 'odd')) {
    await mkdir(dirname(join(artifacts, path)), { recursive: true });
    await writeFile(join(artifacts, path), inside);
  }
  const authorize = () => Promise.resolve(new Map<string, string>());
  const REST = new RestStore({ baseUri: server.uri, authorize, timeoutMs: 30_000, log: () => undefined });
  const local = new LocalStore({ kind: 'sqlite', path: join(server.store, 'mlflow.db') });
  return { runId, stores: { REST, local } };
}

async function judge(group: Group, one: PathCase, stage: Stage): Promise<Verdict<Question>> {
  const start = performance.now();
  const wrong: Wrong = new Map();
  const outcome =
    group === 'target' ? await downloadTarget(one, wrong) : await readThrough(group, one, stage, wrong);
  return { group, name: one.name, wrong, ms: performance.now() - start, outcome, block: 0 };
}

async function readThrough(
  group: 'REST' | 'local',
  { path, kind }: PathCase,
  { runId, stores }: Stage,
  wrong: Wrong,
): Promise<string> {
  const store = stores[group];
  const read = async (name: string) => {
    const bytes = await store.readArtifact(runId, name, 1000, never);
    return bytes && Buffer.from(bytes).toString();
  };
  const answer = await read(path).catch(refusalOf);
  const listed = await store.listArtifacts(runId, path, never).catch(refusalOf);
  // What a server does about its own links is its own business.
  const isServersOwn = group === 'REST' && kind === 'link';
  if (!isServersOwn && [answer, JSON.stringify(listed)].some((text) => text?.includes(secret)))
    wrong.set('inside', `${String(answer)}, ${JSON.stringify(listed)}`);
  const isRefused = typeof answer === 'string' && answer.startsWith(refused);
  if (kind === 'out' && !isRefused) wrong.set('answered', String(answer));
  // MLflow's server refuses some names that would be harmless, and says so.
  if (kind === 'odd' && answer !== inside && !(group === 'REST' && isRefused))
    wrong.set('answered', String(answer));
  if ((await read('plain.txt')) !== 'plain') wrong.set('neighbours', 'plain.txt is not read');
  return isRefused ? answer : `read: ${String(answer)}`;
}

const refused = 'refused: ';

function refusalOf(error: unknown): string {
  if (error instanceof TrackingError && /^(\S.*)[.!]$/s.test(error.message)) return refused + error.message;
  return `no reason: ${String(error)}`;
}

/** Has a file of that path downloaded by what downloads for the user; for Windows only where it would be is looked at. */
async function downloadTarget({ path, kind }: PathCase, wrong: Wrong): Promise<string> {
  const root = 'D:\\downloads';
  const onWindows = win32.resolve(root, ...path.split('/'));
  if (explainUnsafeTarget(path, 'win32') === undefined && !onWindows.startsWith(root + win32.sep))
    wrong.set('inside', `on Windows it would become ${onWindows}`);
  const { inside: written, outside, reason } = await downloadHostilePath(path);
  const [name] = written;
  if (outside.length > 0) wrong.set('inside', outside.join(', '));
  const isRight =
    kind === 'odd' ? name === `a/target/all/${path}` : name === undefined && reason !== undefined;
  if (!isRight) wrong.set('answered', reason ?? String(name));
  return reason === undefined ? `written: ${String(name)}` : refused + reason;
}
