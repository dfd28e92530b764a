import type { Catalog } from '../catalog/catalog';
import type { NewVersion } from '../tracking/editors';
import { UserError } from '../ui/userError';

/** What a version is made from, without the model that gets it. */
export type VersionSource = Omit<NewVersion, 'name'>;

type SourceCatalog = Pick<
  Catalog,
  'run' | 'artifacts' | 'loggedModels' | 'versions' | 'version' | 'findModel'
>;

/**
 * What to tell a server of the model at a URI, as MLflow's Python client does: it wants to know the run, or the logged model,
 * that a source lies in. Rejects where nothing is there that could be registered.
 */
export async function resolveSource(catalog: SourceCatalog, uri: string): Promise<VersionSource> {
  const ofRun = /^runs:\/+([^/]+)\/(.+?)\/*$/.exec(uri);
  if (ofRun) return await resolveOfRun(catalog, ofRun[1] ?? '', ofRun[2] ?? '');
  const logged = /^models:\/+(m-[^/]+)$/.exec(uri);
  if (logged) return { source: uri, modelId: logged[1] };
  const registered = /^models:\/+([^/@]+)(?:\/(\d+)|@([^/]+))$/.exec(uri);
  if (registered) return await resolveRegistered(catalog, registered);
  if (/^[a-z][\w+.-]*:/i.test(uri) && !/^file:/i.test(uri)) return { source: uri };
  throw new UserError(
    `${uri} is a folder of this machine, which belongs to no run. MLflow registers what a run has logged: log the model with its flavor's log_model, or name a URI.`,
  );
}

async function resolveOfRun(catalog: SourceCatalog, runId: string, path: string): Promise<VersionSource> {
  const run = await catalog.run(runId);
  const files = await catalog.artifacts(runId, path);
  if (files.some((file) => file.path === `${path}/MLmodel`))
    return { source: `${run.artifactUri.replace(/\/+$/, '')}/${path}`, runId };
  // MLflow 3 keeps a model of that name beside the run's artifacts.
  const named = (await catalog.loggedModels(run)).filter(({ name }) => name === path);
  const steps = new Map(run.modelOutputs.map(({ modelId, step }) => [modelId, Number(step)]));
  const [newest] = named.sort((a, b) => (steps.get(b.id) ?? 0) - (steps.get(a.id) ?? 0));
  if (newest) return { source: `models:/${newest.id}`, runId, modelId: newest.id };
  throw new UserError(`There is no MLmodel in ${path} of run ${run.name || runId}.`);
}

/** A version of another model, which keeps whose run and logged model it is. */
async function resolveRegistered(
  catalog: SourceCatalog,
  [uri, name = '', number, alias]: RegExpExecArray,
): Promise<VersionSource> {
  await catalog.versions(name);
  const version = number ?? catalog.findModel(name)?.aliases.find((one) => one.alias === alias)?.version;
  if (version === undefined) throw new UserError(`There is no ${uri}.`);
  const { runId, modelId } = await catalog.version(name, version);
  return { source: `models:/${name}/${version}`, runId, modelId };
}
