import { readCondaEnv } from './documents/condaEnv';
import { readMlproject } from './documents/mlproject';
import { readPythonEnv } from './documents/pythonEnv';
import { LineIndex } from './documents/textRange';
import { parseYaml } from './documents/yamlText';
import type { MlprojectDocument, OpenDocument } from './features/openDocument';
import { nameOf } from './files';

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
  const yaml = parseYaml(text, previous?.model.yaml);
  const base = { uri, text, lines: new LineIndex(text) };
  switch (kind) {
    case 'mlproject':
      return { ...base, kind, model: readMlproject(yaml) };
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
