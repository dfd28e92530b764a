// The first steps of every script, on a clone that may be fresh: plain Node, nothing from npm.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const programs = ['extension', 'language-server', 'webviews'];
const STALE_LOCK_MS = 30_000;
const HEARTBEAT_MS = 5_000;

/**
 * Installs the npm packages where package-lock.json asks for others than there are, and builds out/ and, if wanted,
 * dist/ where the sources have changed.
 */
export async function prepare({ dist = false } = {}) {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20) throw new Error(`Node.js 20 or newer is needed; this is ${process.version}.`);
  await withLock(async () => {
    if (!arePackagesInstalled()) await installPackages();
    await Promise.all([
      buildIfChanged('out', [...programs, 'test'], ['--tests']),
      dist ? buildIfChanged('dist', programs, []) : undefined,
    ]);
  });
}

/** Runs a compiled main module, which reads process.argv itself. */
export async function runMain(path) {
  await import(pathToFileURL(join(root, 'out', path)).href);
}

/** Runs a program on our terminal; fails when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell, ...options });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** Says what went wrong in one line; a stack would not help whoever ran the script. */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** npm keeps what it installed in a lock file of its own; platform-specific packages may be missing from that. */
function arePackagesInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock);
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return installed[path] === undefined ? optional === true : installed[path].version === version;
  });
}

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

async function installPackages() {
  console.error('Installing npm packages (about half a minute)…');
  await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

async function buildIfChanged(folder, sources, args) {
  const stamp = join(root, folder, '.stamp');
  const hash = hashSources([...sources, 'esbuild.mjs', 'package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await run(process.execPath, ['esbuild.mjs', ...args]);
  writeFileSync(stamp, hash);
}

function hashSources(names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap(filesOf))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesOf(name) {
  if (!statSync(join(root, name)).isDirectory()) return [name];
  return readdirSync(join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|css|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}

/** Two scripts started at once on one clone take turns. A lock that nobody touches was left by a dead process. */
async function withLock(work) {
  const lock = join(
    tmpdir(),
    `mlflow-lens-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`,
  );
  while (!tryLock(lock)) await pause(200);
  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), HEARTBEAT_MS);
  const unlock = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', unlock);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener('exit', unlock);
    unlock();
  }
}

function tryLock(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - touched > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
