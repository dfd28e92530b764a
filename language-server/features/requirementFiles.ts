import type { Requirement } from '../documents/requirement';
import type { TextRange } from '../documents/textRange';
import { sourceRange } from '../documents/yamlRead';
import { folderOf } from '../files';
import type { CondaEnvDocument, OpenDocument, PythonEnvDocument } from './openDocument';
import type { FileFact, ProjectFacts } from './projectFacts';

/** A requirements or constraints file that an environment has pip read. */
export interface RequirementFile {
  readonly requirement: Requirement;
  /** As it is written. */
  readonly name: string;
  /** Where that stands in the document. */
  readonly range: TextRange;
  /**
   * Where it may lie, from the project's folder, the keys into ProjectFacts: MLflow looks there, conda from where its own file
   * lies, too.
   */
  readonly paths: readonly string[];
}

/** The first of the places where it may lie that has it. */
export function findRequirementFile(
  { paths }: RequirementFile,
  { files }: ProjectFacts,
): FileFact | undefined {
  return paths.map((path) => files.get(path)).find((file) => file?.kind === 'file');
}

/** @param folderUri the project's folder, with `/` at its end */
export function requirementFiles(document: OpenDocument, folderUri: string): readonly RequirementFile[] {
  switch (document.kind) {
    case 'mlproject':
    case 'mlmodel':
      return [];
    case 'requirements':
      return document.model.requirements.flatMap((one) => fileOf(one, ['']) ?? []);
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
  if (isElsewhere) return undefined;
  const { node, text } = requirement;
  const start = text.indexOf(name, /^\s*-+\w/.exec(text)?.[0].length);
  const range = sourceRange(node, { start, end: start + name.length });
  return { requirement, name, range, paths: folders.map((folder) => folder + name) };
}
