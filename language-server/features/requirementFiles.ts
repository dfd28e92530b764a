import type { Requirement } from '../documents/requirement';
import { folderOf } from '../files';
import type { CondaEnvDocument, OpenDocument, PythonEnvDocument } from './openDocument';

/** A requirements or constraints file that an environment has pip read. */
export interface RequirementFile {
  readonly requirement: Requirement;
  /** As it is written. */
  readonly name: string;
  /**
   * Where it may lie, from the project's folder, the keys into ProjectFacts: MLflow looks there, conda from where its own file
   * lies, too.
   */
  readonly paths: readonly string[];
}

/** @param folderUri the project's folder, with `/` at its end */
export function requirementFiles(document: OpenDocument, folderUri: string): readonly RequirementFile[] {
  switch (document.kind) {
    case 'mlproject':
    case 'mlmodel':
    case 'requirements':
      return [];
    case 'pythonEnv':
      return pipLines(document).flatMap((one) => fileOf(one, ['']) ?? []);
    case 'condaEnv': {
      const folder = folderOf(document.uri);
      const own = folder.startsWith(folderUri) ? decodeFolder(folder.slice(folderUri.length)) : undefined;
      // Of one that lies elsewhere it is not known where conda looks.
      if (own === undefined) return [];
      return pipLines(document).flatMap((one) => fileOf(one, [...new Set(['', own])]) ?? []);
    }
  }
}

function decodeFolder(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function pipLines({ kind, model }: PythonEnvDocument | CondaEnvDocument): readonly Requirement[] {
  if (kind === 'pythonEnv')
    return [model.buildDependencies, model.dependencies].flatMap((list) => list?.requirements ?? []);
  return model.dependencies.flatMap((one) => (one.kind === 'pip' ? one.requirements : []));
}

/** `-r file`, `--constraint=file`; nothing of an address, an absolute path or a variable. */
function fileOf(requirement: Requirement, folders: readonly string[]): RequirementFile | undefined {
  const pattern = /^\s*(?:(?:-r|-c)\s*|--(?:requirement|constraint)(?:\s+|=))([^\s#]\S*)\s*(?:\s#.*)?$/;
  const name = requirement.kind === 'option' ? pattern.exec(requirement.text)?.[1] : undefined;
  const isElsewhere = name === undefined || /^(?:[/~\\]|[a-z][a-z\d+.-]*:)|[$"']/i.test(name);
  return isElsewhere ? undefined : { requirement, name, paths: folders.map((folder) => folder + name) };
}
