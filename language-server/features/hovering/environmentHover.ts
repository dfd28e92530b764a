import { type FileReader, resolvePath } from '../../files';
import { codeBlock, codeSpan } from '../markdown';
import type { ProjectFacts } from '../projectFacts';

const mostBytes = 100_000;
const mostLines = 40;

/** What an environment file holds, in Markdown; undefined where that cannot be told. */
export async function environmentHover(
  path: string,
  { folderUri, files: known }: ProjectFacts,
  files: FileReader,
): Promise<string | undefined> {
  if (known.get(path)?.kind === 'missing') return `There is no ${codeSpan(path)} in the project.`;
  const uri = resolvePath(folderUri, path);
  const text = uri?.startsWith(folderUri) === true ? await files.readText(uri, mostBytes) : undefined;
  if (text === undefined) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  const more = lines.length > mostLines ? '\n…' : '';
  return `${codeSpan(path)} holds\n\n${codeBlock('yaml', lines.slice(0, mostLines).join('\n') + more)}`;
}
