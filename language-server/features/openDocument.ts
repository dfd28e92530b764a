import type { Range } from 'vscode-languageserver-types';
import type { CondaEnvModel } from '../documents/condaEnv';
import type { MlprojectModel } from '../documents/mlprojectModel';
import type { PythonEnvModel } from '../documents/pythonEnv';
import type { LineIndex, TextRange } from '../documents/textRange';

/** A document as features see it: parsed once for each version, whoever asks. Features are pure functions of these. */
export type OpenDocument = MlprojectDocument | PythonEnvDocument | CondaEnvDocument;

interface DocumentBase {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
}

export interface MlprojectDocument extends DocumentBase {
  readonly kind: 'mlproject';
  readonly model: MlprojectModel;
}

export interface PythonEnvDocument extends DocumentBase {
  readonly kind: 'pythonEnv';
  readonly model: PythonEnvModel;
}

export interface CondaEnvDocument extends DocumentBase {
  readonly kind: 'condaEnv';
  readonly model: CondaEnvModel;
}

/** A stretch of a document in LSP's lines and characters. */
export function toRange({ lines }: Pick<DocumentBase, 'lines'>, { start, end }: TextRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
