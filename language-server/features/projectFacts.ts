import type { ScriptOptions } from '../documents/python/scriptOptions';
import type { FileKind } from '../protocol';
import type { ModelFacts } from './modelFacts';

/**
 * What lies around an MLproject or MLmodel, read before a feature that needs it: paths are as the document writes them, relative to the
 * project's folder, with what a command's `cd` says in front of them (namedFiles.ts). Whatever was not read, or cannot be told,
 * is absent, and no feature complains about that.
 */
export interface ProjectFacts {
  /** The project's folder, with `/` at its end. */
  readonly folderUri: string;
  /** Environment files, scripts and default paths that the document names, by path. */
  readonly files: ReadonlyMap<string, FileFact>;
  /** What lies directly in the folder: by this `python_env.yaml` and `conda.yaml` are found where none is named. */
  readonly names: ReadonlySet<string>;
  /** What scripts that commands run declare, by path. */
  readonly scripts: ReadonlyMap<string, ScriptOptions>;
  /** Of an MLmodel and of what lies beside one alone. */
  readonly model?: ModelFacts;
}

export interface FileFact {
  readonly uri: string;
  readonly kind: FileKind;
}

/** Facts where nothing could be read, such as of a document that lies nowhere. */
export function noFacts(folderUri: string): ProjectFacts {
  return { folderUri, files: new Map(), names: new Set(), scripts: new Map() };
}
