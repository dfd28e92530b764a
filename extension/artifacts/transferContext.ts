import type { Sessions } from '../session';
import type { Settings } from '../settings';
import type { Report } from '../ui/report';

export interface TransferContext {
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly log: { readonly info: (line: string) => void };
  /** What is selected in the tree. */
  readonly selection: () => readonly unknown[];
}

/** What is downloaded or uploaded to; `''` is the root of the run's artifacts. */
export interface TransferPlace {
  readonly runId: string;
  readonly path: string;
}
