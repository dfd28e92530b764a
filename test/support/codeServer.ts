import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cacheRoot } from './cache';
import { installOnce } from './installOnce';
import { withoutMlflow } from './mlflowServer';
import { becomeHealthy, freePort, runToEnd, startProcess } from './processes';
import { ensureCodeServer, ensureNode, outsideNpm, withNode } from './tools';
import { ensureVsix, sweepOld } from './vsix';

const START_MS = 60_000;

/** A whole VS Code, to be seen in a browser. */
export interface CodeServer {
  /** Opens the folder. */
  readonly url: string;
  readonly userDataDir: string;
  /** Of the process whose descendants the extension hosts are. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface CodeServerOptions {
  /** The folder to open. */
  readonly folder: string;
  readonly settings?: Record<string, unknown>;
  /** Settings of the machine that the server runs on: VS Code reads those of scope “machine…” only there. */
  readonly machineSettings?: Record<string, unknown>;
  /** Added to the environment of the extension host; MLflow's own variables are not inherited. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default true; false opens the folder in Restricted Mode. */
  readonly trust?: boolean;
  /** Default true: this extension is installed as a user would get it. */
  readonly vsix?: boolean;
  /** Instead of that: the folder of the extensions that are installed. */
  readonly extensions?: string;
  readonly port?: number;
  /** Where an extension host lets itself be looked at once it gets SIGUSR1 (NodeInspector). */
  readonly inspectPort?: number;
  /** Default: a fresh folder, removed on stop. */
  readonly userDataDir?: string;
}

/** What keeps a window free of what nobody asked for. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  // Each frame of a spinner is drawn by the processor here.
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.showReleaseNotes': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** Starts a browser VS Code and waits until it answers; it ends with `stop`, or with this process. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const [entry, node, extensions, userDataDir] = await Promise.all([
    codeServerEntry(),
    ensureNode(),
    options.extensions ?? (options.vsix === false ? undefined : ensureExtensions()),
    options.userDataDir ?? mkdtemp(join(tmpdir(), 'code-server-')),
  ]);
  await writeUserSettings(userDataDir, { ...quietSettings, ...options.settings });
  if (options.machineSettings) await writeSettings(userDataDir, 'Machine', options.machineSettings);
  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const args = [
    ...(options.inspectPort === undefined ? [] : [`--inspect-port=${options.inspectPort}`]),
    ...[entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--user-data-dir', userDataDir],
    ...['--extensions-dir', extensions ?? join(userDataDir, 'extensions'), ...ownFiles(userDataDir)],
    ...['--disable-telemetry', '--disable-update-check'],
    ...(options.trust === false ? [] : ['--disable-workspace-trust']),
  ];
  const env = { ...withoutMlflow(outsideNpm()), ...withNode(node), ...options.env };
  const running = startProcess(node.executable, args, { env });
  const stop = async (): Promise<void> => {
    await running.stop();
    if (options.userDataDir === undefined) await rm(userDataDir, { recursive: true, force: true });
  };
  try {
    await becomeHealthy(running, 'code-server', `${origin}/healthz`, START_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `${origin}/?folder=${encodeURIComponent(options.folder)}`;
  return { url, userDataDir, pid: running.child.pid, stop };
}

/** What the user's settings.json says; the window reads it when it opens. */
export function writeUserSettings(userDataDir: string, settings: Record<string, unknown>): Promise<void> {
  return writeSettings(userDataDir, 'User', settings);
}

async function writeSettings(
  userDataDir: string,
  whose: 'User' | 'Machine',
  settings: Record<string, unknown>,
): Promise<void> {
  const file = join(userDataDir, whose, 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

/** An extensions folder that holds this extension as built in dist/; filled once for each VSIX. */
export async function ensureExtensions(): Promise<string> {
  const vsix = await ensureVsix();
  const name = basename(dirname(vsix)).replace('vsix-', 'extensions-');
  return installOnce(join(cacheRoot(), name), async (folder) => {
    await sweepOld('extensions-');
    const [entry, node] = await Promise.all([codeServerEntry(), ensureNode()]);
    const data = await mkdtemp(join(tmpdir(), 'code-server-install-'));
    const args = ['--install-extension', vsix, '--extensions-dir', folder, '--user-data-dir', data];
    const env = { ...outsideNpm(), ...withNode(node) };
    const said = await runToEnd(node.executable, [entry, ...args, ...ownFiles(data)], { env });
    await rm(data, { recursive: true, force: true });
    if (!(await readdir(folder)).some((entryName) => entryName.includes('mlflow-lens'))) {
      throw new Error(`code-server did not install the VSIX:\n${said}`);
    }
  });
}

const codeServerEntry = async (): Promise<string> => join(await ensureCodeServer(), 'out/node/entry.js');

/** Else it writes its configuration and its socket into the user's home. */
const ownFiles = (folder: string): string[] => [
  ...['--config', join(folder, 'config.yaml')],
  ...['--session-socket', join(folder, 'session.sock')],
];
