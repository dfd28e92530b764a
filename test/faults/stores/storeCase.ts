import type { Random } from '../random';
import type { BaseStore, StoreIds, StoreKind } from './baseStores';
import type { Answers } from './questions';

/** What every case finds in place: a fresh copy of a base store, alone in a folder. */
export interface Stage {
  readonly kind: StoreKind;
  /** The base store that this is a copy of. */
  readonly base: BaseStore;
  /** The mlruns directory or the database file. */
  readonly path: string;
  readonly ids: StoreIds;
  /** The run that faults hit: neither the first nor the last of the five. */
  readonly victim: string;
  /** A folder beside the store, in which `secret.txt` and `secret-run/` hold the canary. */
  readonly outside: string;
  /** Text that must be in no answer. */
  readonly canary: string;
  readonly random: Random;
  readonly isShort: boolean;
}

/** What a fault may change in the answers; everything else must stay as it is. */
export type Scope =
  | 'nothing'
  /** The victim. */
  | 'run'
  /** The experiment `trees` itself, but not its runs. */
  | 'experiment'
  /** The experiment `trees` and all that is in it. */
  | 'tree'
  | 'store';

/** What is wrong with the answers, in one sentence. */
export type Complaint = string | undefined;

export type Check = (answers: Answers, stage: Stage) => Complaint;

export interface StoreCase {
  readonly group: 'file' | 'file+' | 'sqlite';
  readonly name: string;
  readonly scope: Scope;
  inject(stage: Stage): void | Promise<void>;
  /** Whether the user gets to see the cause, or the right thing in spite of it. */
  readonly check: Check;
  /**
   * What a store sees that was open and had been read before the fault struck, where that is something else; what a
   * store opened beforehand has read it may keep.
   */
  readonly whenOpen?: { readonly scope: Scope; readonly check: Check };
  /** How long reading all may take, in ms; 2,000 unless given. */
  readonly deadline?: number;
  /** Only where the system has FIFOs, links and owners. */
  readonly isPosix?: boolean;
}
