import { Emitter } from '../catalog/emitter';
import type { KeptRun } from './keptRun';
import { RunLog } from './runLog';
import { dimLine, terminalText } from './runTerminal';

/** A terminal in which the log of a run is read on that another window has started. Closing it leaves the run alone. */
export class LogTerminal {
  private readonly wrote = new Emitter<string>();
  readonly onDidWrite = this.wrote.event;
  private log: RunLog | undefined;

  constructor(private readonly run: KeptRun) {}

  open(): void {
    const log = new RunLog(this.run, 'latest');
    this.log = log;
    log.onDidWrite((text) => {
      this.wrote.fire(terminalText(text));
    });
    void log.ended.then(({ code, problem }) => {
      this.wrote.fire(dimLine(`The run has ended (${problem ?? `exit code ${code ?? 'unknown'}`}).`));
    });
  }

  close(): void {
    this.log?.dispose();
  }
}
