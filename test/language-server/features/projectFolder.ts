import { readPythonOptions } from '../../../language-server/documents/pythonOptions';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import type { FileFact, ProjectFacts } from '../../../language-server/features/projectFacts';
import { type FileEntry, type FileReader, resolvePath } from '../../../language-server/files';
import { parseDocument } from '../../../language-server/parseDocument';
import { fileNames } from './openText';

export const folderUri = 'file:///project/';

/** Files by their paths in the project's folder. */
export type Folder = Readonly<Record<string, string>>;

/** A text with `|` where the caret stands; where the text has bars of its own, the caret is `‸`. */
export function readCaret(marked: string): { readonly text: string; readonly offset: number } {
  const mark = marked.includes('‸') ? '‸' : '|';
  const offset = marked.indexOf(mark);
  return { text: marked.slice(0, offset) + marked.slice(offset + mark.length), offset };
}

export function openDocument(text: string, kind: OpenDocument['kind'] = 'mlproject'): OpenDocument {
  return parseDocument(folderUri + fileNames[kind], kind, text);
}

/** A folder in memory; `asked` lists every URI that was looked at. */
export function filesOf(folder: Folder, asked: string[] = []): FileReader {
  const paths = new Map(Object.entries(folder).map(([path, text]) => [folderUri + path, text]));
  const list = (uri: string) => {
    asked.push(uri);
    const found = new Map<string, FileEntry>();
    for (const path of paths.keys()) {
      if (!path.startsWith(uri)) continue;
      const [name = '', ...rest] = path.slice(uri.length).split('/');
      found.set(name, { name, kind: rest.length > 0 ? 'directory' : 'file' });
    }
    return [...found.values()];
  };
  return {
    kindOf: (uri) =>
      Promise.resolve(paths.has(uri) ? 'file' : list(`${uri}/`).length > 0 ? 'directory' : 'missing'),
    readText: (uri) => Promise.resolve(paths.get(uri)),
    list: (uri) => Promise.resolve(list(uri)),
  };
}

/** All scripts of the folder are read, and of named files those that MLproject's environments name. */
export async function factsOf(document: OpenDocument, folder: Folder): Promise<ProjectFacts> {
  const files = filesOf(folder);
  const environments = document.kind === 'mlproject' ? document.model.environments : [];
  const facts = new Map<string, FileFact>();
  for (const { path } of environments) {
    const uri = path && resolvePath(folderUri, path.text);
    if (uri !== undefined) facts.set(path?.text ?? '', { uri, kind: await files.kindOf(uri) });
  }
  const scripts = Object.entries(folder).filter(([path]) => path.endsWith('.py'));
  const names = new Set((await files.list(folderUri)).map(({ name }) => name));
  const options = scripts.map(([path, text]) => [path, readPythonOptions(text)] as const);
  return { folderUri, files: facts, names, scripts: new Map(options) };
}
