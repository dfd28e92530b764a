import type { Verdict } from './verdict';

export interface FaultOptions {
  /** Stalls of a second instead of several. */
  readonly isShort: boolean;
  /** Deadlines and the event loop are held to the clock: for a measurement, not for a test on a busy machine. */
  readonly isTimed: boolean;
  readonly seed: number;
  /** How many random edits the language server gets; as many as the form has unless said otherwise. */
  readonly edits?: number;
  /** Only cases whose group and name, with a space between, match this. */
  readonly only: RegExp;
  /** Called with each verdict as it is reached. */
  readonly report: (verdict: Verdict<string>) => void;
  /** Called with what sums up several of them, in one line. */
  readonly note: (line: string) => void;
}
