import type { Range } from 'vscode-languageserver-types';
import type { CondaEnvModel } from '../documents/condaEnv';
import type { MlmodelModel } from '../documents/mlmodelModel';
import type { MlprojectModel } from '../documents/mlprojectModel';
import type { PythonEnvModel } from '../documents/pythonEnv';
import type { RequirementsModel } from '../documents/requirementsFile';
import type { LineIndex, TextRange } from '../documents/textRange';

/** A document as features see it: parsed once for each version, whoever asks. Features are pure functions of these. */
export type OpenDocument = OwnerDocument | EnvironmentDocument;

/** What environment files belong to. */
export type OwnerDocument = MlprojectDocument | MlmodelDocument;

/** What packages a project or model needs. */
export type EnvironmentDocument = PythonEnvDocument | CondaEnvDocument | RequirementsDocument;

interface DocumentBase {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
}

export interface MlprojectDocument extends DocumentBase {
  readonly kind: 'mlproject';
  readonly model: MlprojectModel;
}

export interface MlmodelDocument extends DocumentBase {
  readonly kind: 'mlmodel';
  readonly model: MlmodelModel;
}

export interface PythonEnvDocument extends DocumentBase {
  readonly kind: 'pythonEnv';
  readonly model: PythonEnvModel;
}

export interface CondaEnvDocument extends DocumentBase {
  readonly kind: 'condaEnv';
  readonly model: CondaEnvModel;
}

/** A requirements.txt beside an MLmodel. */
export interface RequirementsDocument extends DocumentBase {
  readonly kind: 'requirements';
  readonly model: RequirementsModel;
}

export function isOwner(document: OpenDocument): document is OwnerDocument {
  return document.kind === 'mlproject' || document.kind === 'mlmodel';
}

/** Whether a document is an environment file in YAML. */
export function isEnvironment(document: OpenDocument): document is PythonEnvDocument | CondaEnvDocument {
  return document.kind === 'pythonEnv' || document.kind === 'condaEnv';
}

/** A stretch of a document in LSP's lines and characters. */
export function toRange({ lines }: Pick<DocumentBase, 'lines'>, { start, end }: TextRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
