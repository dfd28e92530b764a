import type { Location } from 'vscode-languageserver-types';
import { touches } from '../documents/textRange';
import { namedModelFiles } from './modelFiles';
import { type NamedFile, namedFiles, nameRange } from './namedFiles';
import { findOccurrences } from './occurrences';
import { type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';
import { findRequirementFile, requirementFiles } from './requirementFiles';

/** Where what is under the caret is defined: a parameter, an entry point, an environment or requirements file, a script. */
export function findDefinition(
  document: OpenDocument,
  offset: number,
  facts: ProjectFacts,
): readonly Location[] {
  if (document.kind === 'mlmodel') return fileAt(namedModelFiles(document.model), offset, facts);
  if (document.kind !== 'mlproject') return requirementFileAt(document, offset, facts);
  const declarations = findOccurrences(document, offset).filter(({ role }) => role === 'declaration');
  if (declarations.length > 0)
    return declarations.map(({ range }) => ({ uri: document.uri, range: toRange(document, range) }));
  return fileAt(namedFiles(document.model), offset, facts);
}

function fileAt(files: readonly NamedFile[], offset: number, facts: ProjectFacts): readonly Location[] {
  const around = files.filter(
    (named) => touches(named.node.range, offset) && touches(nameRange(named), offset),
  );
  const found = around.map(({ path }) => facts.files.get(path)).find((file) => file?.kind === 'file');
  return found ? [{ uri: found.uri, range: toStart }] : [];
}

function requirementFileAt(document: OpenDocument, offset: number, facts: ProjectFacts): readonly Location[] {
  const named = requirementFiles(document, facts.folderUri).find(({ range }) => touches(range, offset));
  const found = named && findRequirementFile(named, facts);
  return found ? [{ uri: found.uri, range: toStart }] : [];
}

const toStart = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
