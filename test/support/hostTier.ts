import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { format } from 'node:util';
import { openBrowser } from './browser';
import { projectRoot } from './cache';
import { withoutMlflow } from './mlflowServer';
import { becomeHealthy, freePort, startProcess, type Running } from './processes';
import { ensureCodeServer, ensureNode, outsideNpm, withNode } from './tools';

const START_MS = 60_000;
const MARK = '[test] ';
const KEPT_LINES = 100;
const LONGEST_RUN_MS = 15 * 60_000;

/** Runs hostSuite inside a real extension host with `env` added; answers the exit code. */
export async function runHostTier(env: NodeJS.ProcessEnv): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-host-'));
  try {
    const workspace = await makeWorkspace(folder);
    const { running, origin } = await startServer(folder, env);
    try {
      return await runInWindow(origin, workspace, running);
    } finally {
      await running.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A copy of the demo's project, so that tests may write into it. */
export async function makeWorkspace(parent: string): Promise<string> {
  const workspace = join(parent, 'workspace');
  await mkdir(workspace, { recursive: true });
  await cp(join(projectRoot(), 'test/support/demo'), workspace, { recursive: true });
  return workspace;
}

/**
 * code-server's own entry ignores a test payload; the VS Code server inside it honours one, as VS Code's own
 * browser tests have it.
 */
async function startServer(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly running: Running; readonly origin: string }> {
  const [codeServer, node, port] = await Promise.all([ensureCodeServer(), ensureNode(), freePort()]);
  const args = [
    ...['out/server-main.js', '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--enable-smoke-test-driver', '--disable-telemetry'],
    ...['--disable-workspace-trust', '--server-data-dir', join(folder, 'data')],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
  const running = startProcess(node.executable, args, {
    cwd: join(codeServer, 'lib/vscode'),
    env: { ...withoutMlflow(outsideNpm()), ...withNode(node), ...env, MLFLOW_LENS_TEST_MARK: MARK },
  });
  const origin = `http://127.0.0.1:${port}`;
  await becomeHealthy(running, 'The VS Code server', `${origin}/version`, START_MS);
  return { running, origin };
}

async function runInWindow(origin: string, workspace: string, server: Running): Promise<number> {
  const browser = await openBrowser();
  const log = new WindowLog();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const exited = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', log.write);
    await page.goto(windowUrl(origin, workspace));
    return await Promise.race([exited, endOf(server), tooLong()]);
  } catch (error) {
    throw new Error(`${String(error)}\nThe window's last words:\n${log.tail()}`, { cause: error });
  } finally {
    await browser.close();
  }
}

async function endOf(server: Running): Promise<never> {
  const code = await server.ended;
  throw new Error(`The VS Code server ended with ${code}:\n${server.log()}`);
}

async function tooLong(): Promise<never> {
  await pause(LONGEST_RUN_MS, undefined, { ref: false });
  throw new Error(`The host tier did not end within ${LONGEST_RUN_MS / 60_000} minutes`);
}

function windowUrl(origin: string, workspace: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(origin).host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(projectRoot())],
    ['extensionTestsPath', remote(join(projectRoot(), 'out/test/support/hostSuite'))],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}

/** Shows the tests' own lines; the rest is VS Code's, worth reading only when they did not come to their end. */
class WindowLog {
  private readonly others: string[] = [];

  readonly write = (level: string, args: readonly unknown[]): void => {
    const line = format(...args);
    if (line.startsWith(MARK)) {
      console.log(line.slice(MARK.length));
      return;
    }
    this.others.push(`${level} ${line}`);
    if (this.others.length > KEPT_LINES) this.others.shift();
  };

  tail(): string {
    return this.others.join('\n');
  }
}
