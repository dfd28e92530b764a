import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process of this machine, which may be gone. */
export interface KnownProcess {
  readonly pid: number;
  /** As identifyProcess tells it. */
  readonly identity: string | undefined;
}

export async function knowProcess(pid: number): Promise<KnownProcess> {
  return { pid, identity: await identifyProcess(pid) };
}

/** Whether that very process runs, and no other that has its id now. */
export async function isRunning({ pid, identity }: KnownProcess): Promise<boolean> {
  return identity !== undefined && (await identifyProcess(pid)) === identity;
}

/**
 * What tells a process from all others that ever had its id: when it started, in its system's own words. Undefined where
 * none of that id runs. Never rejects.
 */
export async function identifyProcess(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return await identifyOnLinux(pid);
    const [program, args] = process.platform === 'win32' ? askWindows(pid) : askPosix(pid);
    const { stdout } = await promisify(execFile)(program, args, {
      ...{ windowsHide: true, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } },
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The clock that a start is told by begins anew with the machine. */
async function identifyOnLinux(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  // Behind the program's name, which may hold anything, stand its state and, nineteen words on, its start.
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return words[0] === 'Z' ? undefined : `${words[19] ?? ''} ${boot.trim()}`;
}

function askPosix(pid: number): readonly [string, readonly string[]] {
  return ['ps', ['-o', 'lstart=', '-p', String(pid)]];
}

function askWindows(pid: number): readonly [string, readonly string[]] {
  return ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]];
}
