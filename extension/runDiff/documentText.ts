import type { Catalog } from '../catalog/catalog';
import { UserError } from '../ui/userError';
import { mostBytes, readArtifactText } from './artifactText';
import type { DocumentSubject } from '../ui/documentUri';
import { writeRunDocument } from './runDocument';

/** What a virtual document says. Rejects with why there is none; an artifact that is not there is empty. */
export async function readText(catalog: Catalog, subject: DocumentSubject): Promise<string> {
  switch (subject.kind) {
    case 'run':
      return await readRunText(catalog, subject.runId);
    case 'version':
      return await readVersionFile(catalog, subject);
    case 'artifact':
      return (await readArtifactText(catalog, subject, mostBytes)) ?? '';
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

/** The text of a file of a model version; undefined if there is none. Rejects where there is no such version. */
export async function findVersionFile(
  catalog: Catalog,
  modelName: string,
  version: string,
  file: string,
): Promise<string | undefined> {
  await catalog.versions(modelName);
  const found = catalog.findVersion(modelName, version);
  if (!found) throw new UserError(`There is no version ${version} of ${modelName}.`);
  return await catalog.modelVersionFile(found, file);
}
