import { type FileReader, resolvePath } from '../../files';
import { codeBlock, codeSpan } from '../markdown';
import type { ProjectFacts } from '../projectFacts';

const mostBytes = 100_000;
const mostLines = 40;
const longestLine = 500;

/** What a name's end says of the language that a file is written in. */
const languages = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'json'],
  ['txt', 'text'],
  ['py', 'python'],
]);

/** The language of a text file by its name; undefined of files that nobody reads. */
export function textLanguage(path: string): string | undefined {
  return languages.get(path.split('.').at(-1) ?? '');
}

/**
 * What a small text file holds, or that there is none, in Markdown; undefined where that cannot be told.
 *
 * @param language in which it is shown; undefined: not at all
 * @param where it would lie: `the project`
 */
export async function fileHover(
  path: string,
  language: string | undefined,
  where: string,
  { folderUri, files: known }: ProjectFacts,
  files: FileReader,
): Promise<string | undefined> {
  if (known.get(path)?.kind === 'missing') return `There is no ${codeSpan(path)} in ${where}.`;
  const uri = resolvePath(folderUri, path);
  if (uri?.startsWith(folderUri) !== true || language === undefined) return undefined;
  const text = await files.readText(uri, mostBytes);
  if (text === undefined) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  const shown = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine));
  const more = lines.length > mostLines ? '\n…' : '';
  return `${codeSpan(path)} holds\n\n${codeBlock(language, shown.join('\n') + more)}`;
}
