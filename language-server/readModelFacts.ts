import { readExampleColumns } from './documents/exampleColumns';
import { readRegisteredMeta, registeredMetaName } from './documents/registeredMeta';
import { companionNames, type ModelFacts } from './features/modelFacts';
import { tableExample } from './features/modelFiles';
import type { MlmodelDocument } from './features/openDocument';
import type { FileFact, ProjectFacts } from './features/projectFacts';
import { type FileReader, folderOf, resolvePath } from './files';
import type { OpenDocuments } from './openDocuments';
import { readFacts, type ScriptCache } from './readFacts';

/** Longer input examples are not read. */
const mostExampleBytes = 1_000_000;
const mostMetaBytes = 10_000;

/** Reads what lies around an MLmodel that names these files, as readFacts does. Of a folder that cannot be listed nothing is known, so nothing is missing there. */
export async function readModelFacts(
  { uri, model }: MlmodelDocument,
  named: ReadonlyMap<string, boolean>,
  documents: OpenDocuments,
  files: FileReader,
  cache: ScriptCache,
): Promise<ProjectFacts> {
  const folderUri = folderOf(uri);
  const [facts, companions, exampleColumns, meta] = await Promise.all([
    readFacts(folderUri, named, files, cache),
    readCompanions(folderUri, documents),
    readExample(folderUri, tableExample(model), files),
    files.readText(folderUri + registeredMetaName, mostMetaBytes),
  ]);
  const registered = meta === undefined ? undefined : readRegisteredMeta(meta);
  const known = facts.names.size > 0 ? facts.files : withoutMissing(facts.files);
  const told = { ...(exampleColumns && { exampleColumns }), ...(registered && { registered }) };
  return { ...facts, files: known, model: { ...companions, ...told } };
}

function withoutMissing(files: ReadonlyMap<string, FileFact>): ReadonlyMap<string, FileFact> {
  return new Map([...files].filter(([, { kind }]) => kind !== 'missing'));
}

async function readCompanions(folderUri: string, documents: OpenDocuments): Promise<ModelFacts> {
  const [requirements, condaEnv, pythonEnv] = await Promise.all([
    documents.read(folderUri + companionNames.requirements, 'requirements'),
    documents.read(folderUri + companionNames.condaEnv, 'condaEnv'),
    documents.read(folderUri + companionNames.pythonEnv, 'pythonEnv'),
  ]);
  return {
    ...(requirements?.kind === 'requirements' && { requirements }),
    ...(condaEnv?.kind === 'condaEnv' && { condaEnv }),
    ...(pythonEnv?.kind === 'pythonEnv' && { pythonEnv }),
  };
}

async function readExample(
  folderUri: string,
  path: string | undefined,
  files: FileReader,
): Promise<ReadonlySet<string> | undefined> {
  const uri = path === undefined ? undefined : resolvePath(folderUri, path);
  // What lies elsewhere is no part of the model.
  if (!uri?.startsWith(folderUri)) return undefined;
  const text = await files.readText(uri, mostExampleBytes);
  return text === undefined ? undefined : readExampleColumns(text);
}

/** Whether two readings found the same beside the MLmodel. */
export function sameModelFacts(a: ModelFacts = {}, b: ModelFacts = {}): boolean {
  return (
    (['requirements', 'condaEnv', 'pythonEnv'] as const).every((kind) => a[kind]?.text === b[kind]?.text) &&
    sameNames(a.exampleColumns, b.exampleColumns) &&
    a.registered?.modelName === b.registered?.modelName &&
    a.registered?.version === b.registered?.version
  );
}

function sameNames(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === b || (a?.size === b?.size && [...(a ?? [])].every((name) => b?.has(name)));
}
