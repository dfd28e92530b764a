import type { CommandSoFar } from '../../documents/commandSoFar';
import { shellQuote } from '../../documents/shellQuote';
import type { Caret, Draft } from './draft';
import { completePaths, type PathChoice } from './completePaths';
import { findScripts } from './scriptFiles';

/** What a command can run or go to where its caret stands, counted from the folder that it has gone to. */
export async function runnableDrafts(
  caret: Caret,
  { call, part, word }: CommandSoFar,
): Promise<readonly Draft[]> {
  const directory = call ? call.directory : '';
  if (directory === undefined) return [];
  if (part === 'program') return programDrafts(caret, directory);
  if (call?.kind === 'module') return moduleDrafts(caret, directory, word);
  const isRunnable = (name: string) => call?.kind !== 'folder' && /\.(py|sh|R)$/.test(name);
  return pathDrafts(caret, directory, word, isRunnable);
}

async function programDrafts(caret: Caret, directory: string): Promise<readonly Draft[]> {
  const scripts = await findScripts(caret, directory);
  const runs = scripts.map((path): Draft => ({
    label: `python ${shellQuote(path)}`,
    kind: 'File',
    order: 2,
  }));
  return [
    ...runs,
    { label: 'python', kind: 'Snippet', snippet: 'python ${1:train.py}', detail: 'run a script' },
    {
      label: 'mlflow run',
      kind: 'Snippet',
      snippet: 'mlflow run . -e ${1:main}',
      detail: 'run an entry point',
    },
  ];
}

async function pathDrafts(
  { files, facts }: Caret,
  directory: string,
  begun: string,
  accepts: (name: string) => boolean,
): Promise<readonly Draft[]> {
  const found = await completePaths(files, facts.folderUri, directory, begun, accepts);
  return found.map(({ path, isFolder }) => ({
    label: path,
    insert: shellQuote(path).replace(/[{}]/g, '$&$&'),
    kind: isFolder ? 'Folder' : 'File',
    order: isFolder ? 6 : 3,
  }));
}

/** `package.module` for `python -m`; a package's own name where it can be run. */
async function moduleDrafts(
  { files, facts }: Caret,
  directory: string,
  begun: string,
): Promise<readonly Draft[]> {
  const isModule = (name: string) => /^(?!__init__)[A-Za-z_]\w*\.py$/.test(name);
  const path = begun.replaceAll('.', '/');
  const found = await completePaths(files, facts.folderUri, directory, path, isModule);
  return found.flatMap((choice) => moduleDraft(choice) ?? []);
}

function moduleDraft({ path, isFolder }: PathChoice): Draft | undefined {
  const name = path.replace(/(^|\/)__main__\.py$|\.py$|\/$/, '').replaceAll('/', '.');
  if (!/^[A-Za-z_][\w.]*$/.test(name)) return undefined;
  return isFolder
    ? { label: `${name}.`, kind: 'Folder', order: 6 }
    : { label: name, kind: 'Module', order: 3 };
}
