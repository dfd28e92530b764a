import type { MlprojectDocument, OpenDocument } from '../../../language-server/features/openDocument';
import type { ProjectFacts } from '../../../language-server/features/projectFacts';
import { parseDocument } from '../../../language-server/parseDocument';
import type { Range } from 'vscode-languageserver-types';

export const projectUri = 'file:///project/MLproject';

/** An MLproject whose caret is marked by `‸`, which is not part of it. */
export function atCaret(marked: string): { readonly document: MlprojectDocument; readonly offset: number } {
  const offset = marked.indexOf('‸');
  return { document: parseDocument(projectUri, 'mlproject', marked.replace('‸', '')), offset };
}

/** The document's text with each range in «…». */
export function mark({ text, lines }: OpenDocument, ranges: readonly Range[]): string {
  const marks = ranges.flatMap(({ start, end }) => [
    { at: lines.offsetAt(start), sign: '«' },
    { at: lines.offsetAt(end), sign: '»' },
  ]);
  marks.sort((a, b) => b.at - a.at || b.sign.localeCompare(a.sign));
  return marks.reduce((marked, { at, sign }) => marked.slice(0, at) + sign + marked.slice(at), text);
}

/** A project in which these files lie, by path. */
export function factsWith(...paths: readonly string[]): ProjectFacts {
  return {
    folderUri: 'file:///project/',
    files: new Map(paths.map((path) => [path, { uri: `file:///project/${path}`, kind: 'file' as const }])),
    names: new Set(paths),
    scripts: new Map(),
  };
}
