import { join } from 'node:path';

/** Where an extension keeps things, as VS Code says it. */
export interface StoragePlaces {
  /** Undefined in a window without a folder. */
  readonly storageUri: { readonly fsPath: string } | undefined;
  readonly globalStorageUri: { readonly fsPath: string };
}

/** Where the runs of this workspace lie, or those of all windows without one. */
export function runsFolderOf({ storageUri, globalStorageUri }: StoragePlaces): string {
  return join((storageUri ?? globalStorageUri).fsPath, 'runs');
}
