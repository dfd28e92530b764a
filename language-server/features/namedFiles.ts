import { changeDirectory, type CommandCall, readCommandCalls } from '../documents/commandCalls';
import type { Command, EntryPoint, MlprojectModel, Parameter } from '../documents/mlprojectModel';
import { identityOf } from '../documents/nodeIdentity';
import type { ScriptOptions } from '../documents/python/scriptOptions';
import type { ShellWord } from '../documents/shellWords';
import type { TextRange } from '../documents/textRange';
import { sourceRange } from '../documents/yamlRead';
import type { ScalarNode, ValueNode } from '../documents/yamlTree';

/** A file that an MLproject names, and where it does. */
export interface NamedFile {
  readonly role: 'pythonEnv' | 'condaEnv' | 'script' | 'folder' | 'default' | 'modelFile';
  /** Relative to the project's folder; what a command's `cd` says is in front of it. The key into ProjectFacts. */
  readonly path: string;
  readonly node: ScalarNode;
  /** In the node's decoded text: nameRange tells where that is in the document. */
  readonly decoded: TextRange;
  /** A Python script, whose options can be read. */
  readonly isPython: boolean;
}

/** Where a name stands in the document. */
export function nameRange({ node, decoded }: NamedFile): TextRange {
  return sourceRange(node, decoded);
}

/** All files that an MLproject names by themselves, in no order: environment files, scripts, defaults of type path. */
export function namedFiles(model: MlprojectModel): readonly NamedFile[] {
  return [...namedOutside(model), ...model.entryPoints.flatMap(namedInside)];
}

/** The paths of these files, each once, with whether it is a Python script whose options can be read. */
export function namedPaths(model: MlprojectModel): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const note = ({ path, isPython }: NamedPath) => found.set(path, isPython || found.get(path) === true);
  namedOutside(model).forEach(note);
  for (const entryPoint of model.entryPoints) pathsInside(model, entryPoint).forEach(note);
  return found;
}

type NamedPath = Pick<NamedFile, 'path' | 'isPython'>;

/** By what an entry point is, wherever it has moved to. */
const knownPaths = new WeakMap<object, readonly NamedPath[]>();

function pathsInside({ yaml }: MlprojectModel, entryPoint: EntryPoint): readonly NamedPath[] {
  // An anchor elsewhere may change what an alias or a merge brings in.
  if (yaml.anchors.size > 0) return namedInside(entryPoint);
  const identity = identityOf(entryPoint.field.key);
  const known = knownPaths.get(identity);
  if (known) return known;
  const paths = namedInside(entryPoint).map(({ path, isPython }) => ({ path, isPython }));
  knownPaths.set(identity, paths);
  return paths;
}

function namedOutside(model: MlprojectModel): readonly NamedFile[] {
  const script = textNode(model.sparkJob?.pythonFile?.value);
  return [...namedEnvironments(model), ...script.map((node) => named('script', node))];
}

/** The environment files that an MLproject names. */
export function namedEnvironments({
  environments,
}: MlprojectModel): readonly (NamedFile & { readonly role: 'pythonEnv' | 'condaEnv' })[] {
  return environments.flatMap(({ kind, path }) =>
    path ? [named(kind === 'python_env' ? 'pythonEnv' : 'condaEnv', path)] : [],
  );
}

function namedInside({ parameters, command }: EntryPoint): readonly NamedFile[] {
  return [...parameters.flatMap(namedByDefault), ...(command ? namedByCommand(command) : [])];
}

function namedByDefault({ type, defaultNode }: Parameter): readonly NamedFile[] {
  return type === 'path' ? textNode(defaultNode).map((node) => named('default', node)) : [];
}

interface RunFile {
  readonly role: 'script' | 'folder';
  readonly word: TextRange;
  readonly path: string;
  readonly isPython: boolean;
}

/** By a command's value, which stays the same object even where the command has moved. */
const knownRuns = new WeakMap<ScalarNode['value'], readonly RunFile[]>();

/** What a command runs and goes to, apart from paths that only the run knows. */
function namedByCommand({ node, text }: Command): readonly NamedFile[] {
  const runs = knownRuns.get(node.value) ?? readCommandCalls(text).flatMap(runFile);
  knownRuns.set(node.value, runs);
  return runs.map(({ role, word, path, isPython }) => ({
    role,
    path,
    node,
    decoded: word,
    isPython,
  }));
}

function runFile(call: CommandCall): readonly RunFile[] {
  switch (call.kind) {
    case 'script':
    case 'module': {
      const { start, end } = call.kind === 'script' ? call.path : call.name;
      const isPython = call.kind === 'module' || call.language === 'python';
      return scriptPaths(call).map((path) => ({ role: 'script', word: { start, end }, path, isPython }));
    }
    case 'folder': {
      const path = changeDirectory(call.directory, call.path);
      const { start, end } = call.path;
      return path === undefined || isElsewhere(path)
        ? []
        : [{ role: 'folder', word: { start, end }, path, isPython: false }];
    }
    case 'project':
    case 'other':
      return [];
  }
}

/**
 * Where the script of a call may lie, from the project's folder, as facts know it: the first of them that is there is what runs.
 * None where the command leaves it open. A module may be a package, which Python prefers.
 */
export function scriptPaths(call: CommandCall): readonly string[] {
  if (call.kind !== 'script' && call.kind !== 'module') return [];
  const word = call.kind === 'script' ? call.path : call.name;
  const { directory } = call;
  if (!word.isLiteral || word.placeholders.length > 0 || directory === undefined || isElsewhere(directory))
    return [];
  const path = word.text.replaceAll('.', '/');
  const paths = call.kind === 'script' ? [word.text] : [`${path}/__main__.py`, `${path}.py`];
  return paths
    .filter((one) => !isElsewhere(one))
    .map((one) => (directory === '' ? one : `${directory}/${one}`));
}

/** Absolute, in a home, or on a drive. */
function isElsewhere(path: string): boolean {
  return /^([/~]|[a-z]:)/i.test(path);
}

/** A script that a call runs. */
export interface FoundScript {
  readonly path: string;
  readonly script: ScriptOptions;
  /** Its path or module's name in the command. */
  readonly word: ShellWord;
  /** What it is handed. */
  readonly words: readonly ShellWord[];
}

/** The script that a call runs, if it is known. */
export function findScript(
  call: CommandCall,
  scriptAt: (path: string) => ScriptOptions | undefined,
): FoundScript | undefined {
  if (call.kind !== 'script' && call.kind !== 'module') return undefined;
  const word = call.kind === 'script' ? call.path : call.name;
  for (const path of scriptPaths(call)) {
    const script = scriptAt(path);
    if (script) return { path, script, word, words: call.words };
  }
  return undefined;
}

/** The scripts that a command runs and that are known. */
export function findScripts(
  text: string,
  scripts: ReadonlyMap<string, ScriptOptions>,
): readonly FoundScript[] {
  return readCommandCalls(text).flatMap((call) => findScript(call, (path) => scripts.get(path)) ?? []);
}

function textNode(node: ValueNode | undefined): readonly ScalarNode[] {
  return node?.kind === 'scalar' && node.value.type === 'str' && node.text !== '' ? [node] : [];
}

function named<Role extends NamedFile['role']>(
  role: Role,
  node: ScalarNode,
): NamedFile & { readonly role: Role } {
  const decoded = { start: 0, end: node.text.length };
  return { role, path: node.text, node, decoded, isPython: role === 'script' && node.text.endsWith('.py') };
}
