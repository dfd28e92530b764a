import type { Edit } from '../editing/edit';
import type { Editing } from '../editing/editing';
import type { ModelTarget, ModelVersionTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import type { Settings } from '../settings';
import { TrackingError } from '../tracking/errors';
import type { ModelVersion, RegisteredModel } from '../tracking/model';
import { chooseTargets } from '../ui/chooseTargets';
import { demandSession } from '../ui/demandSession';
import type { Lazy } from '../ui/lazy';
import { pickModel, pickVersion } from '../ui/pickModel';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { quoted } from './modelEdits';

/** What the registry's commands work with. */
export interface RegistryContext {
  readonly editing: Lazy<Editing>;
  readonly sessions: Sessions;
  readonly report: Report;
  readonly settings: () => Settings;
  /** What is selected in the tree. */
  readonly selection: () => readonly unknown[];
  /** Sessions of which the user was told that their registry keeps no records of moves. */
  readonly unrecorded: WeakSet<Session>;
}

/** A registered model as it is now. */
export interface ModelNow {
  readonly session: Session;
  readonly model: RegisteredModel;
}

/** A version of it. */
export interface VersionNow extends ModelNow {
  readonly version: ModelVersion;
}

/** The model that was given or selected, else one that the user picks, read anew; undefined when they turn away. */
export async function demandModel(
  context: RegistryContext,
  given: ModelTarget | undefined,
): Promise<ModelNow | undefined> {
  const [chosen] = await chooseTargets<ModelTarget>('model', [given], selectedRows(context, 'model'), () =>
    pickModel(context.sessions),
  );
  return chosen && (await readModel(context.sessions, chosen.modelName));
}

/** The version that was given or selected, else one that the user picks, read anew; undefined when they turn away. */
export async function demandVersion(
  context: RegistryContext,
  given: ModelVersionTarget | undefined,
): Promise<VersionNow | undefined> {
  const [chosen] = await chooseTargets<ModelVersionTarget>(
    'version',
    [given],
    selectedRows(context, 'version'),
    () => pickVersion(context.sessions),
  );
  if (!chosen) return undefined;
  const now = await readModel(context.sessions, chosen.modelName);
  try {
    return { ...now, version: await now.session.catalog.version(chosen.modelName, chosen.version) };
  } catch (error) {
    if (!(error instanceof TrackingError && error.kind === 'notFound')) throw error;
    const gone = `Version ${chosen.version} of ${quoted(chosen.modelName)} is not there any more.`;
    throw new UserError(gone, { cause: error });
  }
}

/** Those that the user knows may be older than what is there. Rejects as the store does. */
async function readModel(sessions: Sessions, name: string): Promise<ModelNow> {
  const session = await demandSession(sessions);
  const { catalog, store } = session;
  await catalog.refresh({ kind: 'versions', modelName: name });
  const model = await store.getRegisteredModel(name, new AbortController().signal);
  return { session, model };
}

function selectedRows<Kind extends 'model' | 'version'>(
  { selection }: RegistryContext,
  kind: Kind,
): readonly (Kind extends 'model' ? ModelTarget : ModelVersionTarget)[] {
  return selection().filter(
    (row): row is Kind extends 'model' ? ModelTarget : ModelVersionTarget =>
      typeof row === 'object' && row !== null && 'kind' in row && row.kind === kind,
  );
}

export async function change({ editing }: RegistryContext, session: Session, edit: Edit): Promise<void> {
  await (await editing.demand()).run(session, edit.label, [edit]);
}
