import { editTags } from '../editing/editTags';
import type { Editing } from '../editing/editing';
import { findExperimentNameProblem, findRunNameProblem } from '../editing/limits';
import { experimentTags, nameThing, runTags } from '../editing/tagTargets';
import { executeCommand, type CommandHandlers, type EditTarget, type ExperimentTarget } from '../manifest';
import type { Session } from '../session';
import type { Lifecycle } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import { askText } from '../ui/inputs';
import type { Lazy } from '../ui/lazy';
import { formatCount } from '../ui/numbers';
import { openDescription } from '../ui/openDescription';
import { pickExperiment } from '../ui/pickRun';
import { withoutIcons } from '../ui/text';
import { UserError } from '../ui/userError';
import { pickTarget } from './pickTarget';
import { purge, type PurgeContext } from './purgeCommands';
import { createExperiment, createRun, renameThing, setLifecycle } from './runEdits';
import { lifecycleOf, onlyTargets, readThings, type Thing } from './targets';

export interface RunEditingContext extends PurgeContext {
  readonly editing: Lazy<Editing>;
  /** What is selected in the tree. */
  readonly selection: () => readonly unknown[];
}

export type RunEditingCommandId =
  | 'mlflow.edit.undo'
  | 'mlflow.experiment.create'
  | 'mlflow.run.create'
  | `mlflow.experiments.${'rename' | 'editTags' | 'editDescription' | 'delete' | 'undelete' | 'purge'}`;

/** What each command does. From a menu over several selected rows, VS Code passes the row and then all of them. */
export function handleRunEditing(context: RunEditingContext): CommandHandlers<RunEditingCommandId> {
  return {
    'mlflow.edit.undo': async () => (await context.editing.demand()).undo(),
    'mlflow.experiment.create': () => askExperiment(context),
    'mlflow.run.create': (experiment) => askRun(context, experiment),
    'mlflow.experiments.rename': (one) => rename(context, [one]),
    'mlflow.experiments.editTags': (one, all) => changeTags(context, all ?? [one]),
    'mlflow.experiments.editDescription': (one) => describe(context, [one]),
    'mlflow.experiments.delete': (one, all) => move(context, all ?? [one], 'deleted'),
    'mlflow.experiments.undelete': (one, all) => move(context, all ?? [one], 'active'),
    'mlflow.experiments.purge': () => purge(context),
  };
}

async function askExperiment({ editing, sessions }: RunEditingContext): Promise<void> {
  const session = await demandSession(sessions);
  const name = await askText({
    title: 'Create Experiment',
    prompt: 'The name of the experiment',
    findProblem: findExperimentNameProblem,
  });
  if (name === undefined) return;
  const edit = createExperiment(name, () => undefined);
  await (await editing.demand()).run(session, edit.label, [edit]);
}

async function askRun(
  { editing, sessions, selection }: RunEditingContext,
  given: ExperimentTarget | undefined,
): Promise<void> {
  const session = await demandSession(sessions);
  const [selected] = selection() as readonly Partial<ExperimentTarget>[];
  const experimentId =
    given?.experimentId ?? selected?.experimentId ?? (await pickExperiment(sessions))?.experimentId;
  if (experimentId === undefined) return;
  const name = await askText({
    title: 'Create Run',
    prompt: 'The name of the run. It is running until it is marked as ended',
    findProblem: findRunNameProblem,
  });
  if (name === undefined) return;
  let runId: string | undefined;
  const edit = createRun(experimentId, name, (id) => (runId = id));
  await (await editing.demand()).run(session, edit.label, [edit]);
  if (runId !== undefined) await executeCommand('mlflow.run.reveal', { runId });
}

async function rename(context: RunEditingContext, given: Given): Promise<void> {
  const { session, things } = await choose(context, given, 'Rename');
  const [thing] = things;
  if (!thing) return;
  const isRun = thing.kind === 'run';
  const before = isRun ? thing.run.name : thing.experiment.name;
  const name = await askText({
    title: `Rename ${withoutIcons(nameOf(thing))}`,
    prompt: isRun ? 'The new name of the run' : 'The new name of the experiment',
    value: before,
    findProblem: isRun ? findRunNameProblem : findExperimentNameProblem,
  });
  if (name === undefined || name === before) return;
  const edit = renameThing(thing, name);
  await (await context.editing.demand()).run(session, edit.label, [edit]);
}

async function changeTags(context: RunEditingContext, given: Given): Promise<void> {
  const { session, things } = await choose(context, given, 'Edit Tags');
  if (things.length === 0) return;
  const editing = await context.editing.demand();
  await editTags({ session, editing, targets: things.map(tagsOf) });
}

function tagsOf(thing: Thing) {
  return thing.kind === 'run' ? runTags(thing.run) : experimentTags(thing.experiment);
}

async function describe(context: RunEditingContext, given: Given): Promise<void> {
  const { session, things } = await choose(context, given, 'Edit Description');
  const [thing] = things;
  if (thing?.kind === 'run')
    await openDescription(session, { kind: 'run', runId: thing.run.id }, thing.run.name || thing.run.id);
  else if (thing) {
    const { id, name } = thing.experiment;
    await openDescription(session, { kind: 'experiment', experimentId: id }, name);
  }
}

/**
 * Deletes or restores. One run that the user points at is deleted unasked, since Undo brings it back. What is more is asked about
 * first, and what is selected too: by keys a person may be at another row than the selected one, which VS Code does not tell.
 */
async function move(context: RunEditingContext, given: Given, lifecycle: Lifecycle): Promise<void> {
  const verb = lifecycle === 'deleted' ? 'Delete' : 'Restore';
  const { session, things, isPointedAt } = await choose(context, given, verb);
  const moved = things.filter((thing) => lifecycleOf(thing) !== lifecycle);
  if (moved.length === 0) {
    if (things.length === 0) return;
    throw new UserError(lifecycle === 'deleted' ? 'It is deleted already.' : 'It is not deleted.');
  }
  const what = summarize(moved);
  const isSmall = isPointedAt && moved.length === 1 && moved[0]?.kind === 'run';
  const hasExperiment = moved.some(({ kind }) => kind === 'experiment');
  const detail = `“Restore” brings back what is deleted.${hasExperiment ? aboutExperiments : ''}`;
  if (
    lifecycle === 'deleted' &&
    !isSmall &&
    !(await context.report.confirm(`Delete ${what}?`, detail, 'Delete'))
  )
    return;
  const edits = moved.map((thing) => setLifecycle(thing, lifecycle));
  const manner = { isLoud: isSmall && lifecycle === 'deleted' };
  await (await context.editing.demand()).run(session, `${verb.toLowerCase()} ${what}`, edits, manner);
}

const aboutExperiments =
  ' An experiment takes its runs with it, and comes back with all of them: with those, too, that were deleted before.';

type Given = readonly (EditTarget | undefined)[];

interface Chosen {
  readonly session: Session;
  readonly things: readonly Thing[];
  /** The command was given what to act on, as by a menu; it was not just selected. */
  readonly isPointedAt: boolean;
}

/** What a command acts on: what it was given, else what is selected in the tree, else what the user picks. */
async function choose(
  { sessions, selection }: RunEditingContext,
  given: Given,
  title: string,
): Promise<Chosen> {
  const session = await demandSession(sessions);
  const said = onlyTargets(given);
  const known = said.length > 0 ? said : onlyTargets(selection());
  const picked = known.length > 0 ? undefined : await pickTarget(sessions, session, title);
  const targets = picked ? [picked] : known;
  const things = await readThings(session.catalog, targets);
  return { session, things, isPointedAt: known === said || picked !== undefined };
}

function nameOf(thing: Thing): string {
  return thing.kind === 'run'
    ? nameThing('run', thing.run.name || thing.run.id)
    : nameThing('experiment', thing.experiment.name);
}

function summarize(things: readonly Thing[]): string {
  const [first] = things;
  if (first && things.length === 1) return nameOf(first);
  const runs = things.filter(({ kind }) => kind === 'run').length;
  const experiments = things.length - runs;
  const counts = [
    ...(experiments > 0 ? [formatCount(experiments, 'experiment')] : []),
    ...(runs > 0 ? [formatCount(runs, 'run')] : []),
  ];
  return counts.join(' and ');
}
