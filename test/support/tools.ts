import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheRoot, fingerprint } from './cache';
import { installOnce, isInstalled, withLock } from './installOnce';
import { pins } from './pins';
import { runToEnd } from './processes';

const run = promisify(execFile);

export type MlflowVersion = 'newest' | 'oldest';

/** A virtual environment that holds one MLflow. */
export interface MlflowTool {
  readonly folder: string;
  readonly python: string;
  readonly version: string;
}

/** A Node.js of the version that VS Code's extension host has, with an npm of its own. */
export interface NodeTool {
  /** The package's folder, with the headers in it. */
  readonly folder: string;
  readonly executable: string;
  /** Holds `node` and `npm`. */
  readonly bin: string;
}

/** Progress for whoever started this on a terminal; stdout is left to results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * The Node.js that code-server and every tier run with. Debian's npm would not do beside it: it builds native modules
 * against the system's Node, whatever it is told.
 */
export async function ensureNode(): Promise<NodeTool> {
  const { version, npm } = pins.node;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cacheRoot(), `${name}-${version}-npm-${npm}`);
  await installOnce(folder, async () => {
    say(`Installing Node.js ${version} (once)…`);
    const packages = [`${name}@${version}`, `npm@${npm}`];
    await runToEnd('npm', npmInstall(folder, ...packages, '--ignore-scripts'), { env: outsideNpm() });
  });
  const inside = join(folder, 'node_modules', name);
  return {
    folder: inside,
    executable: join(inside, 'bin', 'node'),
    bin: join(folder, 'node_modules', '.bin'),
  };
}

export interface DebianNeeds {
  readonly chromium: boolean;
  readonly codeServer: boolean;
  readonly mlflow: boolean;
}

/** What of Debian the given tools need, in one go, before any of them takes its time: some user may have to step in. */
export async function ensureDebianFor(needs: DebianNeeds): Promise<void> {
  await ensureDebianPackages([
    ...(needs.chromium && !findChromium() ? pins.debian.chromium : []),
    ...(needs.codeServer && !isInstalled(codeServerFolder()) ? pins.debian.codeServer : []),
    ...(needs.mlflow && !(await searchPython()) ? pins.debian.python : []),
  ]);
}

/** code-server, which carries the whole of VS Code; answers its package folder. */
export async function ensureCodeServer(): Promise<string> {
  const node = await ensureNode();
  const folder = codeServerFolder();
  const inside = join(folder, 'node_modules', 'code-server');
  if (isInstalled(folder)) return inside;
  await ensureDebianPackages(pins.debian.codeServer);
  await installOnce(folder, async () => {
    say(`Installing code-server ${pins.codeServer.version} (about 3 minutes, once)…`);
    await runToEnd('npm', npmInstall(folder, `code-server@${pins.codeServer.version}`), {
      // Its native parts need this very Node's headers, whatever the user's configuration points to.
      env: {
        ...outsideNpm(),
        ...withNode(node),
        npm_config_unsafe_perm: 'true',
        npm_config_nodedir: node.folder,
      },
    });
    if (!existsSync(join(inside, 'lib/vscode/node_modules/@vscode/spdlog/build/Release/spdlog.node'))) {
      throw new Error("npm did not run code-server's install scripts; does its configuration forbid them?");
    }
  });
  return inside;
}

function codeServerFolder(): string {
  const { codeServer, node } = pins;
  return join(cacheRoot(), `code-server-${codeServer.version}-node-${node.version}-npm-${node.npm}`);
}

/** A real MLflow, the newest or the oldest that this extension is tried with. */
export async function ensureMlflow(which: MlflowVersion): Promise<MlflowTool> {
  const pin: { version: string; requirements: string[]; withoutDependencies?: string[] } = pins.mlflow[which];
  const base = await findPython();
  const folder = join(cacheRoot(), `mlflow-${pin.version}-${fingerprint(JSON.stringify(pin), base.version)}`);
  const python = join(
    folder,
    ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  );
  await installOnce(folder, async () => {
    say(`Installing MLflow ${pin.version} for Python ${base.version} (about 2 minutes, once)…`);
    await runToEnd(base.executable, ['-m', 'venv', folder]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await runToEnd(python, [...install, ...pin.requirements]);
    if (pin.withoutDependencies) {
      await runToEnd(python, [...install, '--no-deps', ...pin.withoutDependencies]);
    }
    // Compiles what the server imports, or its first start would take half a minute.
    await runToEnd(python, ['-c', 'import mlflow.server, mlflow.pyfunc, mlflow.cli']);
  });
  return { folder, python, version: pin.version };
}

/** A pyenv with one version of Python. */
export interface PyenvTool {
  /** Where MLflow finds pyenv, and uv this Python. */
  readonly folders: readonly string[];
  readonly version: string;
}

/**
 * The machine's own pyenv where it has the Python that the newest MLflow runs on, else a stand-in that has this one alone: pyenv is in
 * no package registry, and would build a Python for minutes.
 */
export async function ensurePyenv(): Promise<PyenvTool> {
  const { python } = await ensureMlflow('newest');
  const script = 'import platform, sys; print(platform.python_version(), sys._base_executable)';
  const [version = '', ...base] = (await runToEnd(python, ['-c', script])).trim().split(' ');
  const real = findOnPath('pyenv');
  const root = real && (await runToEnd(real, ['root'])).trim();
  const binOf = (place: string): string => join(place, 'versions', version, 'bin');
  if (real && root && existsSync(binOf(root))) return { folders: [dirname(real), binOf(root)], version };
  const folder = join(cacheRoot(), `pyenv-${version}-${fingerprint(base.join(' '))}`);
  await installOnce(folder, async () => {
    await mkdir(binOf(folder), { recursive: true });
    await symlink(base.join(' '), join(binOf(folder), 'python'));
    await writeFile(join(folder, 'pyenv'), `#!/bin/sh\nif [ "$1" = root ]; then echo '${folder}'; fi\n`, {
      mode: 0o755,
    });
  });
  return { folders: [folder, binOf(folder)], version };
}

/** Kubernetes' client for the newest MLflow's Python: a folder for PYTHONPATH, since few need so much. */
export function ensureKubernetes(): Promise<string> {
  return ensurePackages('kubernetes', "Kubernetes' client");
}

/** S3's client and moto, a server that plays S3, for the newest MLflow's Python: a folder for PYTHONPATH. */
export function ensureS3(): Promise<string> {
  return ensurePackages('s3', "S3's client and a server for it,");
}

/** Google Cloud Storage's client and a server that plays it, for the newest MLflow's Python: a folder for PYTHONPATH. */
export function ensureGoogleStorage(): Promise<string> {
  return ensurePackages('googleStorage', "Google Cloud Storage's client and a server for it,");
}

/** Python's debugger for the newest MLflow's Python: the folder that the package is in. */
export function ensureDebugpy(): Promise<string> {
  return ensurePackages('debugpy', "Python's debugger");
}

async function ensurePackages(
  name: 'kubernetes' | 's3' | 'googleStorage' | 'debugpy',
  what: string,
): Promise<string> {
  const { python } = await ensureMlflow('newest');
  const { version, requirements } = pins[name];
  return await installOnce(join(cacheRoot(), `${name}-${version}-${fingerprint(python)}`), async (folder) => {
    say(`Installing ${what} ${version} (once)…`);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await runToEnd(python, [...install, '--target', folder, ...requirements]);
  });
}

/** A browser of the Chromium family that is on the machine. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  await ensureDebianPackages(pins.debian.chromium);
  const installed = findChromium();
  if (!installed)
    throw new Error('Neither Chromium nor Chrome is on this machine, and apt cannot install it.');
  return installed;
}

/** The environment of a process that finds this Node.js and its npm first. */
export function withNode(node: NodeTool): { readonly PATH: string } {
  return { PATH: [node.bin, process.env['PATH'] ?? ''].join(delimiter) };
}

/**
 * This process's environment without what `npm start` and `npm test` put in: an npm inside would take the outer one's
 * prefix for its own, and code-server reads the Node version from the outer one's user agent.
 */
export function outsideNpm(): NodeJS.ProcessEnv {
  const inherited =
    /^(INIT_CWD|npm_(lifecycle_|package_|command$|execpath$|node_execpath$|config_(user_agent|prefix|local_prefix|global_prefix|node_gyp|init_module)$))/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

/** Whether a command of that name is on PATH, and where. */
export function findOnPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

function findChromium(): string | undefined {
  const bundle = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  // The one without a window of its own starts and draws faster.
  const names = [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ];
  const found = names.map((name) => findOnPath(name)).find((path) => path !== undefined);
  return found ?? (existsSync(bundle) ? bundle : undefined);
}

const npmInstall = (folder: string, ...rest: readonly string[]): string[] => [
  'install',
  '--prefix',
  folder,
  '--no-save',
  '--no-audit',
  '--no-fund',
  ...rest,
];

interface BasePython {
  readonly executable: string;
  readonly version: string;
}

async function findPython(): Promise<BasePython> {
  const found = await searchPython();
  if (found) return found;
  await ensureDebianPackages(pins.debian.python);
  const installed = await searchPython();
  if (!installed) throw new Error('No Python of 3.10 or newer with its venv module is on PATH.');
  return installed;
}

async function searchPython(): Promise<BasePython | undefined> {
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    const python = await describePython(name);
    if (python) return python;
  }
  return undefined;
}

async function describePython(command: string): Promise<BasePython | undefined> {
  const script =
    'import sys, venv, ensurepip; assert sys.version_info >= (3, 10); print(sys.executable, "%d.%d" % sys.version_info[:2])';
  try {
    const [executable, version] = (await run(command, ['-c', script])).stdout.trim().split(' ');
    return executable && version ? { executable, version } : undefined;
  } catch {
    return undefined;
  }
}

/** Installs what is missing of these where apt is and this user may; else says what the user has to run. */
async function ensureDebianPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0 || !findOnPath('apt-get')) return;
  await withLock(join(cacheRoot(), 'apt.lock'), async () => {
    const missing = await missingPackages(packages);
    if (missing.length === 0) return;
    const prefix = await administrator();
    if (!prefix) {
      throw new Error(
        `Some Debian packages are missing. Please run: sudo apt-get install ${missing.join(' ')}`,
      );
    }
    say(`Installing Debian packages: ${missing.join(' ')}…`);
    await apt(prefix, ['update']);
    await apt(prefix, ['install', '--yes', '--no-install-recommends', ...missing]);
  });
}

async function apt(prefix: readonly string[], args: readonly string[]): Promise<void> {
  const line = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
  ];
  const [command = 'env', ...rest] = [...line, '--quiet', ...args];
  await runToEnd(command, rest);
}

async function missingPackages(packages: readonly string[]): Promise<readonly string[]> {
  const states = await Promise.all(packages.map((name) => isPackageInstalled(name)));
  return packages.filter((_, index) => states[index] === false);
}

async function isPackageInstalled(name: string): Promise<boolean> {
  try {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]);
    return stdout.trim() === 'installed';
  } catch {
    return false;
  }
}

/** What to put before a command to run it as root; undefined when that takes a password. */
async function administrator(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  try {
    await run('sudo', ['-n', 'true']);
    return ['sudo', '-n'];
  } catch {
    return undefined;
  }
}
