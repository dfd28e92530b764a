import type { CreateFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { findNode } from '../../documents/yamlPlaces';
import { writeYamlString } from '../../documents/yamlWrite';
import { folderOf, resolvePath } from '../../files';
import type { CondaEnvDocument, MlprojectDocument, OpenDocument, PythonEnvDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { type Edit, replaceRange, toTextEdits } from '../textEdits';
import {
  readCondaEnvironment,
  readPythonEnvironment,
  usualEnvironment,
  writeCondaEnv,
  writePythonEnv,
} from './environmentFiles';
import { addBefore } from './pairEdits';
import type { Mendable } from './quickFixEdits';

/** A change of files beside the document. */
export interface FileFix {
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

export function fileFix(document: OpenDocument, { fix }: Mendable, facts: ProjectFacts): FileFix | undefined {
  if (fix.fix === 'rename-file') return renameFile(document, fix.to, facts);
  if (fix.fix !== 'create-environment-file') return undefined;
  const uri = resolvePath(facts.folderUri, fix.path);
  if (uri === undefined) return undefined;
  const text = fix.kind === 'python_env' ? writePythonEnv(usualEnvironment) : writeCondaEnv(usualEnvironment);
  return { title: `Create ${fix.path.slice(0, 80)}`, edit: { documentChanges: createWith(uri, text) } };
}

function renameFile({ uri }: OpenDocument, to: string, { names }: ProjectFacts): FileFix | undefined {
  if ([...names].some((name) => name.toLowerCase() === to.toLowerCase())) return undefined;
  const newUri = folderOf(uri) + encodeURIComponent(to);
  return {
    title: `Rename the file to ${to}`,
    edit: { documentChanges: [{ kind: 'rename', oldUri: uri, newUri }] },
  };
}

/**
 * Writes an environment in the other format, beside the file that it is in, and has the project name that. Undefined where the
 * other format cannot say the same.
 */
export function convertEnvironment(
  project: MlprojectDocument,
  from: PythonEnvDocument | CondaEnvDocument,
  { names }: ProjectFacts,
): FileFix | undefined {
  const isConda = from.kind === 'condaEnv';
  const environment = isConda ? readCondaEnvironment(from.model) : readPythonEnvironment(from.model);
  const [key, name] = isConda ? ['python_env', 'python_env.yaml'] : ['conda_env', 'conda.yaml'];
  const folder = folderOf(from.uri);
  const edit = environment && nameEnvironment(project, isConda ? 'conda_env' : 'python_env', key, name);
  const isThere = folder === folderOf(project.uri) && names.has(name);
  if (!edit || isThere || project.model.yaml.errors.length > 0) return undefined;
  const text = isConda ? writePythonEnv(environment) : writeCondaEnv(environment);
  const naming: TextDocumentEdit = {
    textDocument: { uri: project.uri, version: null },
    edits: toTextEdits(project, edit),
  };
  return {
    title: `Convert to ${name}`,
    edit: { documentChanges: [...createWith(folder + name, text), naming] },
  };
}

/** Changes the key and the name of its file, or adds both to a project that names no environment. */
function nameEnvironment(
  project: MlprojectDocument,
  from: string,
  to: string,
  name: string,
): readonly Edit[] | undefined {
  const { environments, yaml } = project.model;
  const [first, another] = environments;
  if (another || (first && first.kind !== from)) return undefined;
  if (first) {
    const isOwn = first.path && first.field.written === first.path && !first.field.merged;
    if (!first.path || !isOwn) return undefined;
    const path = first.path.text.replace(/[^/\\]*$/, name);
    return [replaceRange(first.field.key.range, to), replaceRange(first.path.range, writeYamlString(path))];
  }
  const pair = yaml.root?.kind === 'mapping' ? yaml.root.pairs[0] : undefined;
  const place = pair && findNode(yaml, pair.key.range)?.place;
  return place && [addBefore(project, place, to, name)];
}

/** The file must not be there. */
function createWith(uri: string, text: string): (CreateFile | TextDocumentEdit)[] {
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
  ];
}
