import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Program } from './program';

/** How a program ended. */
export interface Exit {
  /** Undefined where it was ended by force, or could not be started. */
  readonly code: number | undefined;
  /** Why it could not be started. */
  readonly problem?: string;
}

/** The keeper itself kills after 5 s; only a keeper that is stuck needs this. */
const stuckMs = 8_000;

/**
 * A program and all that it starts, run by a keeper (processKeeper) that ends them when we ask for it, and when this process
 * ends in whatever way. It knows nothing of VS Code.
 */
export class KeptProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the program and its whole group have ended; what they wrote may still be read. Never rejects. */
  readonly ended: Promise<Exit>;
  private readonly keeper: ChildProcessByStdio<Writable, Readable, Readable>;
  private isOver = false;
  private isAsked = false;

  constructor({ program, args, cwd, env }: Program) {
    this.keeper = spawn(process.execPath, [join(__dirname, 'processKeeper.js'), program, ...args], {
      cwd,
      // VS Code's own executable is a Node.js only when told so.
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    this.stdout = this.keeper.stdout;
    this.stderr = this.keeper.stderr;
    // A keeper that is gone takes nothing more, which is no reason for us to fall with it.
    this.keeper.stdin.on('error', () => undefined);
    this.ended = this.follow(cwd);
  }

  /** Whether somebody asked it to end. */
  get isStopping(): boolean {
    return this.isAsked;
  }

  /** The id of the group that all its processes are in; undefined if it could not be started. */
  get group(): number | undefined {
    return this.keeper.pid;
  }

  /** A program that we start with this among its stdio holds on to it: it then outlives us for as long as that. */
  get lifeline(): Writable {
    return this.keeper.stdin;
  }

  /** Lets it end as soon as no other program holds on to it. */
  release(): void {
    this.isAsked = true;
    this.keeper.stdin.destroy();
  }

  /** Ends the program and all that it started: politely, after 5 s by force. Settles when they have ended. */
  async stop(): Promise<void> {
    if (this.isOver) return;
    this.isAsked = true;
    this.keeper.stdin.end();
    const timer = setTimeout(() => {
      this.sweep();
    }, stuckMs);
    await this.ended;
    clearTimeout(timer);
  }

  private async follow(cwd: string): Promise<Exit> {
    const exit = await new Promise<Exit>((resolve) => {
      this.keeper.once('exit', (code) => {
        resolve({ code: code ?? undefined });
      });
      this.keeper.once('error', ({ message }) => {
        // The system's word would be that there is no keeper.
        const problem = existsSync(cwd) ? message : `There is no folder ${cwd}.`;
        resolve({ code: undefined, problem });
      });
    });
    // If the keeper itself was killed, the rest of its group is still there.
    this.sweep();
    this.isOver = true;
    return exit;
  }

  private sweep(): void {
    const { pid } = this.keeper;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else if (this.keeper.exitCode === null) spawn('taskkill', ['/PID', String(pid), '/T', '/F']);
    } catch {
      // There is no such group any more, which is what was wanted.
    }
  }
}
