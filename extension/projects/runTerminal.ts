import { Emitter } from '../catalog/emitter';
import { causeOf, isCancellation } from '../tracking/errors';
import { plainLines } from '../ui/text';
import type { RunProcess } from './runProcess';

/** What a terminal needs of a run. */
type ShownProcess = Pick<RunProcess, 'onDidWrite' | 'ended' | 'stop'>;

/** Starts what the terminal shows, and says in it what it does; rejects with why it cannot. */
export type BeginRun = (say: (line: string) => void, signal: AbortSignal) => Promise<ShownProcess>;

/**
 * The terminal of one `mlflow run`: a Pseudoterminal of VS Code's, which gives us the run's own words and puts no argument through
 * anything that reads variables. Closing it, or Ctrl+C in it, ends the run.
 */
export class RunTerminal {
  private readonly wrote = new Emitter<string>();
  private readonly closed = new Emitter<number>();
  readonly onDidWrite = this.wrote.event;
  readonly onDidClose = this.closed.event;
  private readonly abort = new AbortController();
  private process: ShownProcess | undefined;

  constructor(private readonly begin: BeginRun) {}

  open(): void {
    void this.run();
  }

  close(): void {
    this.abort.abort();
    void this.process?.stop();
  }

  handleInput(data: string): void {
    if (data.includes('\u0003')) this.close();
  }

  private async run(): Promise<void> {
    try {
      const process = await this.begin((line) => {
        this.say(line);
      }, this.abort.signal);
      this.process = process;
      process.onDidWrite((text) => {
        this.wrote.fire(text.replace(/\r?\n/g, '\r\n'));
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
    this.wrote.fire(`\u001b[2m${plainLines(line, 100_000).replaceAll('\n', '\r\n')}\u001b[0m\r\n`);
  }
}
