import { type CommandCall, readCommandCalls } from '../documents/commandCalls';
import type { Command, EntryPoint, MlprojectModel, Parameter } from '../documents/mlprojectModel';
import { identityOf } from '../documents/nodeIdentity';
import type { TextRange } from '../documents/textRange';
import { sourceRange } from '../documents/yamlRead';
import type { ScalarNode, ValueNode } from '../documents/yamlTree';

/** A file that an MLproject names, and where it does. */
export interface NamedFile {
  readonly role: 'pythonEnv' | 'condaEnv' | 'script' | 'default';
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

/** The paths of these files, each once. */
export function namedPaths(model: MlprojectModel): ReadonlySet<string> {
  const inside = model.entryPoints.flatMap((entryPoint) => pathsInside(model, entryPoint));
  return new Set([...pathsOf(namedOutside(model)), ...inside]);
}

/** By what an entry point is, wherever it has moved to. */
const knownPaths = new WeakMap<object, readonly string[]>();

function pathsInside({ yaml }: MlprojectModel, entryPoint: EntryPoint): readonly string[] {
  // An anchor elsewhere may change what an alias or a merge brings in.
  if (yaml.anchors.size > 0) return pathsOf(namedInside(entryPoint));
  const identity = identityOf(entryPoint.field.key);
  const paths = knownPaths.get(identity) ?? pathsOf(namedInside(entryPoint));
  knownPaths.set(identity, paths);
  return paths;
}

function pathsOf(files: readonly NamedFile[]): readonly string[] {
  return files.map(({ path }) => path);
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
  readonly word: TextRange;
  readonly path: string;
  readonly isPython: boolean;
}

/** By a command's pieces, which stay the same object even where the command has moved. */
const knownRuns = new WeakMap<ScalarNode['pieces'], readonly RunFile[]>();

/** What a command runs, apart from paths that only the run knows. */
function namedByCommand({ node, text }: Command): readonly NamedFile[] {
  const runs = knownRuns.get(node.pieces) ?? readCommandCalls(text).flatMap(runFile);
  knownRuns.set(node.pieces, runs);
  return runs.map(({ word, path, isPython }) => ({
    role: 'script',
    path,
    node,
    decoded: word,
    isPython,
  }));
}

function runFile(call: CommandCall): readonly RunFile[] {
  if (call.kind !== 'script' && call.kind !== 'module') return [];
  const path = scriptPath(call);
  if (path === undefined) return [];
  const { start, end } = call.kind === 'script' ? call.path : call.name;
  return [{ word: { start, end }, path, isPython: call.kind === 'module' || call.language === 'python' }];
}

/** A script's path from the project's folder, as facts know it; undefined where the command leaves it open. */
export function scriptPath(call: Extract<CommandCall, { kind: 'script' | 'module' }>): string | undefined {
  const word = call.kind === 'script' ? call.path : call.name;
  if (!word.isLiteral || word.placeholders.length > 0 || call.directory === undefined) return undefined;
  const path = call.kind === 'script' ? word.text : `${word.text.replaceAll('.', '/')}.py`;
  if (call.directory.startsWith('/') || /^([/~]|[a-z]:)/i.test(path)) return undefined;
  return call.directory === '' ? path : `${call.directory}/${path}`;
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
