import type { DocumentLink } from 'vscode-languageserver-types';
import { namedFiles, nameRange } from './namedFiles';
import { type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';

/** A link on each file that an MLproject names and that is there. */
export function listDocumentLinks(document: OpenDocument, { files }: ProjectFacts): readonly DocumentLink[] {
  if (document.kind !== 'mlproject') return [];
  return namedFiles(document.model).flatMap((named) => {
    const file = files.get(named.path);
    return file?.kind === 'file' ? [{ range: toRange(document, nameRange(named)), target: file.uri }] : [];
  });
}
