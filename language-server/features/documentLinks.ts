import type { DocumentLink } from 'vscode-languageserver-types';
import { findField } from '../documents/yamlRead';
import { runIdOf } from './hovering/modelUri';
import { namedModelFiles } from './modelFiles';
import { namedFiles, nameRange } from './namedFiles';
import { type MlmodelDocument, type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';

const openRun = 'mlflow.run.open';

/** A link on each file that an MLproject or MLmodel names and that is there, and on a model's run if the client can open runs. */
export function listDocumentLinks(
  document: OpenDocument,
  { files }: ProjectFacts,
  commands: readonly string[],
): readonly DocumentLink[] {
  if (document.kind !== 'mlproject' && document.kind !== 'mlmodel') return [];
  const named = document.kind === 'mlproject' ? namedFiles(document.model) : namedModelFiles(document.model);
  const links = named.flatMap((one) => {
    const file = files.get(one.path);
    return file?.kind === 'file' ? [{ range: toRange(document, nameRange(one)), target: file.uri }] : [];
  });
  const opensRuns = document.kind === 'mlmodel' && commands.includes(openRun);
  return opensRuns ? [...links, ...runLinks(document)] : links;
}

function runLinks(document: MlmodelDocument): readonly DocumentLink[] {
  const runId = runIdOf(document.model);
  const field = findField(document.model.fields, 'run_id');
  if (runId === undefined || !field) return [];
  const target = `command:${openRun}?${encodeURIComponent(JSON.stringify([{ runId }]))}`;
  return [{ range: toRange(document, field.value.range), target, tooltip: 'Open the run' }];
}
