/** `npm start`: a demo workspace whose mlflow.db a real MLflow made (demoMain), in the VS Code that there is. No Python. */
import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot, projectRoot } from './cache';
import { ensureExtensions, quietSettings, startCodeServer, writeUserSettings } from './codeServer';
import { withoutMlflow } from './mlflowServer';
import { freePort } from './processes';
import { ensureCodeServer, ensureDebianFor, findOnPath, outsideNpm } from './tools';

/** Kept from start to start where it is free, so that a reloaded window finds its server again. */
const BROWSER_PORT = 8077;

interface Flags {
  readonly open: boolean;
  readonly browser: boolean;
  readonly port: number | undefined;
}

interface Stoppable {
  stop(): Promise<void>;
}

const settings = { ...quietSettings, 'workbench.startupEditor': 'readme' };

async function main(): Promise<void> {
  const flags = readFlags();
  const started: Stoppable[] = [];
  stopOnSignal(started);
  const desktop = flags.browser ? undefined : findDesktop();
  if (!desktop) {
    await ensureDebianFor({ chromium: false, codeServer: true, mlflow: false });
    await ensureCodeServer().then(ensureExtensions);
  }
  const workspace = await makeWorkspace();
  if (desktop) await openOnDesktop(desktop, workspace);
  else await openInBrowser(workspace, flags, started);
  console.log('Ctrl-C stops everything.');
}

function readFlags(): Flags {
  const { values } = parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      port: { type: 'string' },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port takes a port number, not "${String(values.port)}".`);
  }
  return { open: !values['no-open'], browser: values.browser || port !== undefined, port };
}

/** One Ctrl-C may arrive twice, from the terminal and from npm; the second must not end us before the servers end. */
function stopOnSignal(started: readonly Stoppable[]): void {
  let stopping: Promise<unknown> | undefined;
  const stop = (): void => {
    stopping ??= Promise.all(started.map((one) => one.stop())).finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

/** Desktop VS Code, where there is a screen to show it. */
function findDesktop(): string | undefined {
  const hasScreen =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return hasScreen ? findOnPath('code') : undefined;
}

/** The demo's project and its mlflow.db in the cache; what the user wrote into it before stays. */
async function makeWorkspace(): Promise<string> {
  const workspace = await demoFolder('workspace');
  await cp(join(projectRoot(), 'test/support/demo'), workspace, { recursive: true, force: false });
  return workspace;
}

async function openInBrowser(workspace: string, flags: Flags, started: Stoppable[]): Promise<void> {
  const server = await startCodeServer({
    folder: workspace,
    settings,
    port: flags.port ?? (await freeOr(BROWSER_PORT)),
    userDataDir: await demoFolder('browser'),
  });
  started.push(server);
  console.log(`VS Code:      ${server.url}`);
  const opener = findOnPath(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (flags.open && opener) launch(opener, [server.url]);
}

/** A profile of its own, so that the demo leaves the user's settings alone. */
async function openOnDesktop(code: string, workspace: string): Promise<void> {
  const profile = await demoFolder('desktop');
  await writeUserSettings(profile, settings);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const paths = ['--user-data-dir', profile, '--extensionDevelopmentPath', projectRoot()];
  launch(code, ['--new-window', '--disable-workspace-trust', ...asRoot, ...paths, workspace]);
  console.log(`VS Code:      opening ${workspace}`);
}

async function demoFolder(name: string): Promise<string> {
  const folder = join(cacheRoot(), 'demo', name);
  await mkdir(folder, { recursive: true });
  return folder;
}

function launch(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env: withoutMlflow(outsideNpm()) });
  child.once('error', (error) => {
    console.error(`${command}: ${error.message}`);
  });
  child.unref();
}

async function freeOr(port: number): Promise<number> {
  return (await isTaken(port)) ? freePort() : port;
}

async function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
