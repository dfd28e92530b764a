import type { Disposable } from '../catalog/emitter';
import type { AboutModel } from './composeModel';
import type { ReadModel } from './readModel';

/** Reads one model, and again whenever it changes, until it is disposed. */
export interface ModelReader extends Disposable {
  /** Reads what is shown. Never rejects: the display learns of it. */
  load(): Promise<void>;
  /** The same from where it is kept, and not from what is remembered. Rejects where that fails and the model stays in sight. */
  refresh(): Promise<void>;
  /** Whether the failure to read says nothing against what is shown. */
  mayPass(error: unknown): boolean;
}

/** Where a reader shows what it read. */
export interface ModelDisplay {
  show(read: ReadModel, about: AboutModel): void;
  fail(error: unknown): void;
}
