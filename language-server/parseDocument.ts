import { readCondaEnv } from './documents/condaEnv';
import { readMlmodel } from './documents/mlmodel';
import { readMlproject } from './documents/mlproject';
import { readPythonEnv } from './documents/pythonEnv';
import { readRequirementsFile } from './documents/requirementsFile';
import { LineIndex } from './documents/textRange';
import { parseYaml } from './documents/yamlText';
import type { MlprojectDocument, OpenDocument } from './features/openDocument';
import { isMlmodelName, nameOf } from './files';

export type DocumentKind = OpenDocument['kind'];

/** Parses a text as a document of that kind; with the document of before only what changed. */
export function parseDocument(
  uri: string,
  kind: 'mlproject',
  text: string,
  previous?: OpenDocument,
): MlprojectDocument;
export function parseDocument(
  uri: string,
  kind: DocumentKind,
  text: string,
  previous?: OpenDocument,
): OpenDocument;
export function parseDocument(
  uri: string,
  kind: DocumentKind,
  text: string,
  previous?: OpenDocument,
): OpenDocument {
  const base = { uri, text, lines: new LineIndex(text) };
  if (kind === 'requirements') return { ...base, kind, model: readRequirementsFile(text) };
  const yaml = parseYaml(text, previous?.model.yaml);
  switch (kind) {
    case 'mlproject':
      return { ...base, kind, model: readMlproject(yaml) };
    case 'mlmodel': {
      const before = previous?.kind === 'mlmodel' ? previous.model : undefined;
      return { ...base, kind, model: readMlmodel(yaml, before) };
    }
    case 'pythonEnv':
      return { ...base, kind, model: readPythonEnv(yaml) };
    case 'condaEnv':
      return { ...base, kind, model: readCondaEnv(yaml) };
  }
}

/** MLproject.yaml counts as one too, to be told that MLflow never reads it. */
export function isMlproject(uri: string, languageId?: string): boolean {
  return languageId === 'mlproject' || /^mlproject(\.ya?ml)?$/i.test(nameOf(uri));
}

/** MLflow reads a file of exactly this name alone. */
export function isMlmodel(uri: string, languageId?: string): boolean {
  return languageId === 'mlmodel' || isMlmodelName(nameOf(uri));
}
