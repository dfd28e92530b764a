import type { Catalog } from '../catalog/catalog';
import { UserError } from '../ui/userError';
import type { DocumentSubject } from '../ui/documentUri';
import { writeRunDocument } from './runDocument';
import { writeSignature } from './writeSignature';

/** What a virtual document says. Rejects with why there is none. */
export async function readText(catalog: Catalog, subject: DocumentSubject): Promise<string> {
  switch (subject.kind) {
    case 'run':
      return await readRunText(catalog, subject.runId);
    case 'version':
      return await readVersionFile(catalog, subject);
    case 'loggedModel':
      return await readLoggedModelFile(catalog, subject);
    case 'signature':
      return await readSignature(catalog, subject);
  }
}

async function readRunText(catalog: Catalog, runId: string): Promise<string> {
  const run = await catalog.run(runId);
  const [models] = await Promise.all([catalog.loggedModels(run), catalog.experiments()]);
  return writeRunDocument(run, catalog.findExperiment(run.experimentId)?.name, models);
}

async function readVersionFile(
  catalog: Catalog,
  { modelName, version, file }: DocumentSubject & { readonly kind: 'version' },
): Promise<string> {
  const text = await findVersionFile(catalog, modelName, version, file);
  if (text === undefined)
    throw new UserError(`Version ${version} of ${modelName} has no ${file} that can be read.`);
  return text;
}

async function readLoggedModelFile(
  catalog: Catalog,
  { modelId, file }: DocumentSubject & { readonly kind: 'loggedModel' },
): Promise<string> {
  const text = await catalog.loggedModelFile(modelId, file);
  if (text === undefined) throw new UserError(`The logged model ${modelId} has no ${file} that can be read.`);
  return text;
}

/** A model without a signature has an empty one, which tells in a diff. */
async function readSignature(
  catalog: Catalog,
  { modelName, version, isSorted }: DocumentSubject & { readonly kind: 'signature' },
): Promise<string> {
  const text = await readVersionFile(catalog, {
    ...{ kind: 'version', connectionUri: '', modelName, version },
    file: 'MLmodel',
  });
  const { parseSignature } = await import('../ui/signature');
  return writeSignature(parseSignature(text), isSorted);
}

/** The text of a file of a model version; undefined if there is none. Rejects where there is no such version. */
export async function findVersionFile(
  catalog: Catalog,
  modelName: string,
  version: string,
  file: string,
): Promise<string | undefined> {
  return await catalog.modelVersionFile(await catalog.version(modelName, version), file);
}
