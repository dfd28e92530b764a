import type { DiffRow, RunColumn } from '../protocol/runDiff';
import type { HeadingActions } from './heading';
import type { ShownPart } from './shownRows';

/** What both ways to lay the comparison out have in common. */

export interface ShownRow extends DiffRow {
  /** Where it stands among the artifacts. */
  readonly tree?: TreePlace;
}

export interface TreePlace {
  readonly path: string;
  /** How many folders it lies in. */
  readonly depth: number;
  /** Of a folder. */
  readonly isOpen?: boolean;
}

export interface GridView {
  readonly runs: readonly RunColumn[];
  readonly baseline: number;
  readonly parts: readonly ShownPart<ShownRow>[];
  /** Whether the heads show the colours in which the runs are drawn. */
  readonly hasColors: boolean;
}

export interface GridActions extends HeadingActions {
  openRunMenu(run: RunColumn, anchor: HTMLElement): void;
  toggleFolder(path: string): void;
  /** Of what the run at that place has of a file. */
  openFileMenu(row: ShownRow, index: number, anchor: HTMLElement): void;
  /** The user is at a run; undefined when at none any more. */
  point(runId: string | undefined): void;
}

export interface Grid {
  readonly element: HTMLElement;
  update(view: GridView): void;
  /** Has a run stand out; none where undefined. */
  mark(runId: string | undefined): void;
}

/** What a row is known by while it is shown. */
export function idOf({ key, tree }: ShownRow): string {
  return tree?.path ?? key;
}
