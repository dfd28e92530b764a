import type { ModelVersionTarget } from '../manifest';
import type { Sessions } from '../session';
import type { ModelVersion } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import { pickManyFrom } from '../ui/pickMany';
import { pickModel } from '../ui/pickModel';
import { UserError } from '../ui/userError';

type Row = { readonly kind?: string } & Partial<ModelVersionTarget>;

/**
 * The two model versions to compare: those given; where there is one or none, the user picks among the versions of a model.
 * Undefined when the user turns away; rejects where there are more than two.
 */
export async function chooseVersions(
  sessions: Sessions,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<readonly ModelVersionTarget[] | undefined> {
  const versions = given.flatMap((row: Row | undefined): readonly ModelVersionTarget[] => {
    const { kind = 'version', modelName, version } = row ?? {};
    return kind === 'version' && modelName !== undefined && version !== undefined
      ? [{ modelName, version }]
      : [];
  });
  if (versions.length > 2)
    throw new UserError(`${versions.length} versions are selected; two can be compared.`);
  if (versions.length === 2) return versions;
  const modelName = versions[0]?.modelName ?? (await pickModel(sessions))?.modelName;
  return modelName === undefined ? undefined : await pickVersions(sessions, modelName, versions);
}

async function pickVersions(
  sessions: Sessions,
  modelName: string,
  chosen: readonly ModelVersionTarget[],
): Promise<readonly ModelVersionTarget[] | undefined> {
  const { catalog } = await demandSession(sessions);
  const picked = await pickManyFrom<ModelVersion>({
    title: `Choose two versions of ${modelName}`,
    placeholder: 'Type a number or an alias; tick the versions',
    ...{ least: 2, most: 2, chosen: chosen.map(({ version }) => version) },
    load: () => catalog.versions(modelName),
    loadMore: () => catalog.loadMore({ kind: 'versions', modelName }),
    identify: ({ version }) => version,
    describe: ({ version, aliases }) => ({
      label: `Version ${version}`,
      description: aliases.map((alias) => `@${alias}`).join(', '),
    }),
  });
  return picked?.map(({ version }) => ({ modelName, version }));
}
