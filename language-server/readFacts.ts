import { readPythonOptions } from './documents/pythonOptions';
import type { ScriptOptions } from './documents/python/scriptOptions';
import type { FileFact, ProjectFacts } from './features/projectFacts';
import { type FileReader, resolvePath } from './files';

/** More named files than this are not looked at: no project has them. */
const mostFiles = 500;
const mostScriptBytes = 1_000_000;

/** What scripts declare, read again only where a script's text is another. */
export class ScriptCache {
  private readonly read = new Map<string, { readonly text: string; readonly options: ScriptOptions }>();

  options(uri: string, text: string): ScriptOptions {
    const known = this.read.get(uri);
    const current = known?.text === text ? known : { text, options: readPythonOptions(text) };
    this.read.delete(uri);
    this.read.set(uri, current);
    while (this.read.size > mostFiles) this.read.delete(this.read.keys().next().value ?? '');
    return current.options;
  }
}

/** Reads what lies around an MLproject that names these files, by path, with whether it is a Python script. */
export async function readFacts(
  folderUri: string,
  named: ReadonlyMap<string, boolean>,
  files: FileReader,
  cache: ScriptCache,
): Promise<ProjectFacts> {
  const paths = [...named].slice(0, mostFiles);
  const facts = new Map<string, FileFact>();
  const scripts = new Map<string, ScriptOptions>();
  const readPath = async ([path, isPython]: readonly [string, boolean]) => {
    const uri = resolvePath(folderUri, path);
    if (uri === undefined) return;
    const kind = await files.kindOf(uri);
    facts.set(path, { uri, kind });
    const text = kind === 'file' && isPython ? await files.readText(uri, mostScriptBytes) : undefined;
    if (text !== undefined) scripts.set(path, cache.options(uri, text));
  };
  const [entries] = await Promise.all([files.list(folderUri), ...paths.map(readPath)]);
  return { folderUri, files: facts, names: new Set(entries.map(({ name }) => name)), scripts };
}

/** Whether two readings of one project say the same. */
export function sameFacts(a: ProjectFacts, b: ProjectFacts): boolean {
  return (
    sameMaps(a.files, b.files, (one, other) => one.uri === other.uri && one.kind === other.kind) &&
    sameMaps(a.scripts, b.scripts, (one, other) => one === other) &&
    a.names.size === b.names.size &&
    [...a.names].every((name) => b.names.has(name))
  );
}

function sameMaps<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  isSame: (one: Value, other: Value) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, one]) => {
    const other = b.get(key);
    return other !== undefined && isSame(one, other);
  });
}
