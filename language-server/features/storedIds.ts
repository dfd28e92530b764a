import type { Location } from 'vscode-languageserver-types';
import { touches, type TextRange } from '../documents/textRange';
import { findField } from '../documents/yamlRead';
import type { StoredTarget } from '../protocol';
import { modelIdOf, runIdOf } from './hovering/modelUri';
import type { MlmodelDocument, OpenDocument } from './openDocument';

/** An id in an MLmodel of what a tracking store keeps. */
export interface StoredId {
  readonly range: TextRange;
  readonly target: StoredTarget;
}

/** Where a text can be read of what a store keeps: its URI; undefined where nobody knows. */
export type FindStored = (target: StoredTarget) => Promise<string | undefined>;

/** The run that logged a model, and the logged model that it is, where what is written can be their id. */
export function listStoredIds({ model }: MlmodelDocument): readonly StoredId[] {
  const [runId, modelId] = [runIdOf(model), modelIdOf(model)];
  const idAt = (key: string, target: StoredTarget | undefined): readonly StoredId[] => {
    const field = findField(model.fields, key);
    return field && target ? [{ range: field.value.range, target }] : [];
  };
  return [
    ...idAt('run_id', runId ? { runId } : undefined),
    ...idAt('model_id', modelId ? { modelId } : undefined),
  ];
}

/** A text of the run or logged model whose id is under the caret. */
export async function findStoredDefinition(
  document: OpenDocument,
  offset: number,
  findStored: FindStored,
): Promise<readonly Location[]> {
  const ids = document.kind === 'mlmodel' ? listStoredIds(document) : [];
  const id = ids.find(({ range }) => touches(range, offset));
  const uri = id && (await findStored(id.target));
  const start = { line: 0, character: 0 };
  return uri === undefined ? [] : [{ uri, range: { start, end: start } }];
}
