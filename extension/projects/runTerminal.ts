import { Emitter } from '../catalog/emitter';
import { causeOf, isCancellation } from '../tracking/errors';
import { plainLines } from '../ui/text';
import type { RunLog } from './runLog';

/** What a terminal needs of a run. */
type ShownProcess = Pick<RunLog, 'onDidWrite' | 'ended'> & { readonly stop: () => Promise<void> };

/** Starts what the terminal shows, and says in it what it does; rejects with why it cannot. */
export type BeginRun = (say: (line: string) => void, signal: AbortSignal) => Promise<ShownProcess>;

/**
 * The terminal of one `mlflow run`: a Pseudoterminal of VS Code's, which gives us the run's own words and puts no argument through
 * anything that reads variables. Ctrl+C in it ends the run, and so does closing it, unless it closes with its window.
 */
export class RunTerminal {
  private readonly wrote = new Emitter<string>();
  private readonly closed = new Emitter<number>();
  readonly onDidWrite = this.wrote.event;
  readonly onDidClose = this.closed.event;
  private readonly abort = new AbortController();
  private process: ShownProcess | undefined;

  constructor(
    private readonly begin: BeginRun,
    private readonly closesWithWindow: () => Promise<boolean>,
  ) {}

  open(): void {
    void this.run();
  }

  close(): void {
    void this.closesWithWindow().then((isWindow) => {
      if (!isWindow) this.stop();
    });
  }

  handleInput(data: string): void {
    if (data.includes('\u0003')) this.stop();
  }

  private stop(): void {
    this.abort.abort();
    void this.process?.stop();
  }

  private async run(): Promise<void> {
    try {
      const process = await this.begin((line) => {
        this.say(line);
      }, this.abort.signal);
      this.process = process;
      process.onDidWrite((text) => {
        this.wrote.fire(terminalText(text));
      });
      if (this.abort.signal.aborted) await process.stop();
      const { code, problem } = await process.ended;
      if (problem !== undefined) this.say(`It could not be started: ${problem}`);
      this.closed.fire(code ?? 1);
    } catch (error) {
      if (!isCancellation(error)) this.say(causeOf(error));
      this.closed.fire(1);
    }
  }

  private say(line: string): void {
    this.wrote.fire(dimLine(line));
  }
}

/** A program's words, as a terminal breaks lines. */
export function terminalText(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** Words of ours among a program's. */
export function dimLine(line: string): string {
  return `\u001b[2m${terminalText(plainLines(line, 100_000))}\u001b[0m\r\n`;
}
