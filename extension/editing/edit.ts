import type { Preview } from '../catalog/previews';
import type { Editors } from '../tracking/editors';
import type { StoreChange } from '../tracking/store';

interface EditOf<Part extends keyof Editors> {
  /** Where it is done: a store may keep its models elsewhere than its runs. */
  readonly part: Part;
  /** Says what is done, for progress, reports and Undo, strangers' names made safe: `rename “a” to “b”`. */
  readonly label: string;
  readonly apply: (editor: Editors[Part], signal: AbortSignal) => Promise<unknown>;
  /** What is to be read again when it is done. */
  readonly changes: readonly StoreChange[];
  readonly preview?: Preview | undefined;
  /** The edit that takes it back; undefined where nothing can. Asked for when it is done. */
  readonly inverse?: (() => Edit) | undefined;
}

/** One change of one thing in a store. */
export type Edit = EditOf<'runs'> | EditOf<'registry'>;

/** What became of edits, in their order. */
export interface EditOutcome {
  readonly done: readonly Edit[];
  readonly failed: readonly FailedEdit[];
  /** Those that were given up: the user cancelled, or the store is gone. */
  readonly left: readonly Edit[];
}

export interface FailedEdit {
  readonly edit: Edit;
  readonly cause: unknown;
}

/** How the things will look once all is done. */
export function previewsOf(edits: readonly Edit[]): readonly Preview[] {
  return edits.flatMap(({ preview }) => preview ?? []);
}
