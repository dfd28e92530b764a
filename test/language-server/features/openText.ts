import type { Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { ScriptOptions } from '../../../language-server/documents/python/scriptOptions';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import type { ProjectFacts } from '../../../language-server/features/projectFacts';
import type { AgreeCase } from '../../agree/askMlflow';
import { parseDocument } from '../../../language-server/parseDocument';

export const projectFolder = 'file:///demo/';
export const fileNames = {
  mlproject: 'MLproject',
  mlmodel: 'MLmodel',
  pythonEnv: 'python_env.yaml',
  condaEnv: 'conda.yaml',
  requirements: 'requirements.txt',
} as const;

export function openText(
  text: string,
  kind: OpenDocument['kind'] = 'mlproject',
  name: string = fileNames[kind],
): OpenDocument {
  return parseDocument(projectFolder + name, kind, text);
}

const kinds = {
  mlproject: 'mlproject',
  python_env: 'pythonEnv',
  conda: 'condaEnv',
  mlmodel: 'mlmodel',
  saved: 'mlmodel',
} as const;

export function openCase({ kind, text }: Pick<AgreeCase, 'kind' | 'text'>): OpenDocument {
  return openText(text, kinds[kind]);
}

/** A project whose folder holds these scripts, and none of these files. */
export function factsOf(
  scripts: Readonly<Record<string, string>> = {},
  missing: readonly string[] = [],
): ProjectFacts {
  const paths = Object.keys(scripts);
  const fileOf = (path: string, kind: 'file' | 'missing') =>
    [path, { uri: projectFolder + path, kind }] as const;
  return {
    folderUri: projectFolder,
    files: new Map([
      ...paths.map((path) => fileOf(path, 'file')),
      ...missing.map((path) => fileOf(path, 'missing')),
    ]),
    names: new Set(['MLproject', ...paths]),
    scripts: new Map(
      Object.entries(scripts).map(([path, source]): [string, ScriptOptions] => [
        path,
        readPythonOptions(source),
      ]),
    ),
  };
}

/** The text with an edit's changes to this document made to it. */
export function applyTo(document: OpenDocument, { changes, documentChanges }: WorkspaceEdit): string {
  const others = documentChanges?.flatMap((change) =>
    'textDocument' in change && change.textDocument.uri === document.uri ? change.edits : [],
  );
  const edits = (changes?.[document.uri] ?? others ?? []).map((edit) => {
    if (!('newText' in edit)) throw new Error('a snippet');
    return edit;
  });
  return applyTextEdits(document, edits);
}

export function applyTextEdits(
  { text, lines }: OpenDocument,
  edits: readonly { readonly range: Range; readonly newText: string }[],
): string {
  const placed = edits.map(({ range, newText }, index) => ({
    start: lines.offsetAt(range.start),
    end: lines.offsetAt(range.end),
    newText,
    index,
  }));
  placed.sort((a, b) => b.start - a.start || b.end - a.end || b.index - a.index);
  return placed.reduce(
    (now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end),
    text,
  );
}
