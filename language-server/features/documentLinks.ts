import type { DocumentLink } from 'vscode-languageserver-types';
import { namedModelFiles } from './modelFiles';
import { namedFiles, nameRange } from './namedFiles';
import { isOwner, type MlmodelDocument, type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';
import { findRequirementFile, requirementFiles } from './requirementFiles';
import { listStoredIds } from './storedIds';

/** A link on each file that a document names and that is there, and on a model's ids of what the client can open. */
export function listDocumentLinks(
  document: OpenDocument,
  facts: ProjectFacts,
  commands: readonly string[],
): readonly DocumentLink[] {
  if (!isOwner(document)) return requirementLinks(document, facts);
  const named = document.kind === 'mlproject' ? namedFiles(document.model) : namedModelFiles(document.model);
  const links = named.flatMap((one) => {
    const file = facts.files.get(one.path);
    return file?.kind === 'file' ? [{ range: toRange(document, nameRange(one)), target: file.uri }] : [];
  });
  return document.kind === 'mlmodel' ? [...links, ...idLinks(document, commands)] : links;
}

function requirementLinks(document: OpenDocument, facts: ProjectFacts): readonly DocumentLink[] {
  return requirementFiles(document, facts.folderUri).flatMap((one) => {
    const file = findRequirementFile(one, facts);
    return file ? [{ range: toRange(document, one.range), target: file.uri }] : [];
  });
}

/** To the run that logged a model, and to the logged model itself: command links, which no other client has to follow. */
function idLinks(document: MlmodelDocument, commands: readonly string[]): readonly DocumentLink[] {
  return listStoredIds(document).flatMap(({ range, target }) => {
    const [command, tooltip] =
      'runId' in target
        ? ['mlflow.run.open', 'Open the run']
        : ['mlflow.loggedModel.open', 'Open the logged model'];
    if (!commands.includes(command)) return [];
    const uri = `command:${command}?${encodeURIComponent(JSON.stringify([target]))}`;
    return [{ range: toRange(document, range), target: uri, tooltip }];
  });
}
