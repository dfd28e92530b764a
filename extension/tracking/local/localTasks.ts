import type { StoreReader } from './storeReader';

/** What LocalStore's worker reads. */
export interface LocalTarget {
  readonly kind: 'sqlite' | 'files';
  /** The absolute path of the database file or of the mlruns directory. */
  readonly path: string;
}

/** The methods of a reader that answer something. */
export type ReadMethod = Exclude<keyof StoreReader, 'watch' | 'close'>;

/** A call of one of them, the wish to be told of changes, or the end. */
export type LocalTask =
  | { readonly kind: 'watch' }
  /** Free what is held: a thread that is terminated gets no chance to. */
  | { readonly kind: 'close' }
  | {
      [Method in ReadMethod]: {
        readonly kind: 'read';
        readonly method: Method;
        readonly args: Parameters<StoreReader[Method]>;
      };
    }[ReadMethod];
