import { readPythonOptions } from '../../documents/pythonOptions';
import type { ScriptOptions } from '../../documents/python/scriptOptions';
import { resolvePath } from '../../files';
import type { Caret } from './draft';
import { completePaths } from './completePaths';

/** So much is read to propose entry points: more would take long, and nobody reads the list. */
const mostScripts = 20;
const mostBytes = 100_000;
const noScripts = /^(__init__|__main__|setup|conftest|test_.*|.*_test)\.py$/;

/**
 * The Python scripts in a folder and in the folders directly in it, counted from there.
 *
 * @param directory in the project's folder; `''` is that itself
 */
export async function findScripts(
  { files, facts: { folderUri } }: Caret,
  directory = '',
): Promise<readonly string[]> {
  const isScript = (name: string) => name.endsWith('.py') && !noScripts.test(name);
  const here = await completePaths(files, folderUri, directory, '', isScript);
  const found = pathsOf(here);
  for (const { path, isFolder } of here) {
    if (found.length >= mostScripts) break;
    if (isFolder && !/^(tests?|v?env|docs|build|dist)\/$/.test(path))
      found.push(...pathsOf(await completePaths(files, folderUri, directory, path, isScript)));
  }
  return found.slice(0, mostScripts);
}

function pathsOf(choices: Awaited<ReturnType<typeof completePaths>>): string[] {
  return choices.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
}

/** What a script declares; undefined where it cannot be read. */
export async function readScript({ files, facts }: Caret, path: string): Promise<ScriptOptions | undefined> {
  const known = facts.scripts.get(path);
  if (known) return known;
  const uri = resolvePath(facts.folderUri, path);
  const text = uri === undefined ? undefined : await files.readText(uri, mostBytes);
  return text === undefined ? undefined : readPythonOptions(text);
}
