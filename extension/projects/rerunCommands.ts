import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Catalog } from '../catalog/catalog';
import { executeCommand, type RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import type { Run } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import {
  demandGit,
  findRepository,
  type GitApi,
  type GitRepository,
  hasUncommitted,
  isCommit,
  shortenCommit,
} from '../ui/gitSource';
import { wholeList } from '../ui/pick';
import { pickManyFrom } from '../ui/pickMany';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { type CodeChoice, type FoundCode, listCodes } from './chooseCode';
import { copyCommit } from './commitFiles';
import { hasDocker, isBuiltImage, proposeDockerArguments } from './docker';
import type { Launch, ProjectPlace } from './launch';
import { askLaunch, type LaunchQuestions, showRun, wholeCommand } from './launchDialog';
import { readProject } from './projectFolder';
import { folderOfPlace, type ProjectRun, readProjectRun, readRunParameters } from './projectRun';
import { askChoice, askWithWhole } from './stepDialog';
import { saveTask } from './taskCommands';

export interface RerunContext {
  readonly sessions: Sessions;
  readonly report: Report;
  readonly prepareQuestions: (draft: Launch) => Promise<LaunchQuestions>;
  /** Starts it and keeps it as what ran last. */
  readonly launch: (launch: Launch) => Promise<void>;
  /** Starts it only. */
  readonly launchOnce: (launch: Launch) => Promise<void>;
}

/** What a run is made of again, as it was chosen. */
interface ChosenCode {
  readonly project: ProjectPlace;
  readonly isCopy: boolean;
  readonly words: string;
}

/** `mlflow.run.rerun`: the same project, commit, entry point, parameters and environment manager, edited if wanted. */
export async function rerunRun(context: RerunContext, { runId }: RunTarget): Promise<void> {
  const { catalog, connection } = await demandSession(context.sessions);
  const run = await catalog.run(runId);
  const origin = readProjectRun(run, existsSync);
  if (!origin) {
    await explainOther(context, catalog, run);
    return;
  }
  const code = await chooseCode(origin, nameRun(run));
  if (!code) return;
  const draft = await draftLaunch(run, origin, code.project, { catalog, connection });
  if (!draft) return;
  const questions = await context.prepareQuestions(draft);
  const choice = await askHow(draft, withExperiment(questions, draft), code, nameRun(run));
  if (choice?.kind === 'run') await (code.isCopy ? context.launchOnce : context.launch)(choice.launch);
  else if (choice && code.isCopy)
    throw new UserError(
      'A task cannot run a copy that was made for this run alone: save one for the files as they are now.',
    );
  else if (choice) await saveTask(choice.launch);
}

/** Says of a run that no project made what can be done instead. */
async function explainOther(
  { report }: RerunContext,
  catalog: Pick<Catalog, 'run'>,
  run: Run,
): Promise<void> {
  const source = run.tags.get('mlflow.source.name') ?? '';
  const by = source === '' ? 'does not say what started it' : `was started by ${plainText(source, 100)}`;
  const parentId = run.tags.get('mlflow.parentRunId');
  const parent = parentId === undefined ? undefined : await catalog.run(parentId).catch(() => undefined);
  const canParent = parent !== undefined && readProjectRun(parent, existsSync) !== undefined;
  const message = `Run “${nameRun(run)}” was not made from an MLflow project: it ${by}. Run that again as you did then, or give it an MLproject, whose runs can be run again from here.`;
  const choice = canParent
    ? await report.offer('info', `${message} Its parent run was made from one.`, 'Re-run Parent')
    : await report.offer('info', message, 'Run Project…');
  if (choice === 'Run Project…') await executeCommand('mlflow.project.runWith');
  else if (choice !== undefined && parent) await executeCommand('mlflow.run.rerun', { runId: parent.id });
}

/** Undefined when the user turns away; rejects with a UserError where no code is left. */
async function chooseCode(origin: ProjectRun, name: string): Promise<ChosenCode | undefined> {
  const git = await demandGit().catch(() => undefined);
  const { found, present } = await findCode(git, origin);
  const codes = listCodes(found);
  const [first] = codes;
  if (!first) throw new UserError(describeLoss(origin, found));
  const word = (choice: CodeChoice) => describeCode(choice, found, present);
  const title = `Re-run ${plainText(name, 60)}`;
  const answer =
    codes.length === 1
      ? { value: first }
      : await askChoice(
          { title, step: 1, totalSteps: 2 },
          {
            placeholder: `Which code? The run’s commit is ${shortenCommit(found.commit ?? 'unknown')}, which is not what lies here now`,
            options: codes.map((value) => ({ ...word(value), value })),
          },
        );
  if (answer === undefined || answer === 'back') return undefined;
  const { label, description } = word(answer.value);
  const words = `${label}, ${description}`;
  return { words, isCopy: answer.value.kind === 'copy', project: await placeCode(git, origin, answer.value) };
}

interface CodeOfRun {
  readonly found: FoundCode;
  /** The repository of this machine that has the commit. */
  readonly present: GitRepository | undefined;
}

async function findCode(git: GitApi | undefined, origin: ProjectRun): Promise<CodeOfRun> {
  const { place, address } = origin;
  const commit = origin.commit !== undefined && isCommit(origin.commit) ? origin.commit : undefined;
  const isHere = place.kind === 'folder' && existsSync(folderOfPlace(place));
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const near = isHere ? [vscode.Uri.file(place.root), ...folders] : folders;
  const present = git && commit ? await findRepository(git, [commit], near) : undefined;
  const root = present?.rootUri.fsPath;
  const folder = isHere ? folderOfPlace(place) : root && join(root, place.subdirectory);
  const isSame =
    present?.rootUri.fsPath === place.root &&
    !(await hasUncommitted(present, true)) &&
    present.state.HEAD?.commit?.toLowerCase() === commit?.toLowerCase();
  const isRemote = place.kind === 'remote';
  return {
    present,
    found: {
      ...{ commit, address, root, isSame, isRemote },
      folder: folder !== undefined && existsSync(folder) ? folder : undefined,
    },
  };
}

function describeCode(
  choice: CodeChoice,
  { commit = '', isSame }: FoundCode,
  present: GitRepository | undefined,
): { readonly label: string; readonly description: string } {
  const at = commit === '' ? 'What it has first' : `Commit ${shortenCommit(commit)}`;
  if (choice.kind === 'fetch') return { label: at, description: `fetched by MLflow from ${choice.uri}` };
  if (choice.kind === 'copy')
    return { label: at, description: 'in a copy of the repository; your files stay as they are' };
  const head = present?.state.HEAD;
  const where = head?.commit === undefined ? '' : ` at ${head.name ?? ''} ${shortenCommit(head.commit)}`;
  return {
    label: isSame ? at : 'The files as they are now',
    description: `in ${basename(choice.folder)}${isSame ? '' : where}`,
  };
}

function describeLoss({ place }: ProjectRun, { commit }: FoundCode): string {
  const at =
    commit === undefined ? '' : `, and no repository of this workspace has commit ${shortenCommit(commit)}`;
  return `The project of the run is not on this machine: there is no ${plainText(folderOfPlace(place), 200)}${at}. Open the folder of its code, or run it from the address of its repository.`;
}

async function placeCode(
  git: GitApi | undefined,
  { place, commit }: ProjectRun,
  choice: CodeChoice,
): Promise<ProjectPlace> {
  const { subdirectory } = place;
  if (choice.kind === 'present') return { kind: 'folder', path: choice.folder };
  if (choice.kind === 'fetch')
    return { kind: 'remote', uri: choice.uri, version: commit, subdirectory: subdirectory || undefined };
  if (!git || commit === undefined) throw new UserError('There is no git to copy the commit with.');
  const copied = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Copying commit ${shortenCommit(commit)}…` },
    () => copyCommit(git.git.path, choice.root, commit),
  );
  return { kind: 'folder', path: join(copied, subdirectory) };
}

/** The launch that the run was, on the code that was chosen. Undefined when the user turns away. */
async function draftLaunch(
  run: Run,
  origin: ProjectRun,
  project: ProjectPlace,
  { catalog, connection }: Pick<Session, 'catalog' | 'connection'>,
): Promise<Launch | undefined> {
  const { entryPoint, environmentManager, backend, place, image } = origin;
  const file = project.kind === 'folder' ? await readProject(project.path) : undefined;
  const declared = file?.entryPoints.find(({ name }) => name === entryPoint);
  const folder = place.kind === 'folder' ? folderOfPlace(place) : undefined;
  const { given, unclear } = readRunParameters(run, declared, folder);
  const extra = await chooseExtra(unclear, file === undefined);
  if (!extra) return undefined;
  await catalog.experiments();
  const name = catalog.findExperiment(run.experimentId)?.name;
  return {
    ...{ project, entryPoint, backend, parameters: new Map([...given, ...extra]) },
    ...(file && hasDocker(file)
      ? {
          buildImage: isBuiltImage(image, file),
          dockerArguments: proposeDockerArguments(file, connection.uri, process.platform),
        }
      : { environmentManager }),
    experiment: name === undefined ? { kind: 'id', id: run.experimentId } : { kind: 'name', name },
  };
}

/** Which of the parameters that may be the script's own are given to it. All at first where nobody knows what is declared. */
async function chooseExtra(
  unclear: ReadonlyMap<string, string>,
  isUnknown: boolean,
): Promise<readonly (readonly [string, string])[] | undefined> {
  if (unclear.size === 0) return [];
  const items = [...unclear];
  return await pickManyFrom({
    title: 'Parameters to give again',
    placeholder: isUnknown
      ? 'Untick what the script logged by itself: MLflow does not tell which that is'
      : 'The entry point does not declare these: tick what the command is given, not what the script logs',
    ...{ least: 0, most: items.length, chosen: isUnknown ? items.map(([name]) => name) : [] },
    ...wholeList(items),
    identify: ([name]) => name,
    describe: ([name, value]) => ({ label: plainText(name), description: plainText(value) }),
  });
}

async function askHow(
  draft: Launch,
  questions: LaunchQuestions,
  { words }: ChosenCode,
  name: string,
): Promise<Awaited<ReturnType<typeof askLaunch>>> {
  const problem = questions.findProblem(draft);
  const answer = await askWithWhole<'run' | 'edit'>(
    { title: `Re-run ${plainText(name, 60)}`, step: 1, totalSteps: 1 },
    {
      placeholder: plainText(`Code: ${words}`, 300),
      options: [
        {
          ...{ label: 'Run', description: 'with what it was given then', value: 'run' },
          ...(problem === undefined ? { detail: showRun(draft) } : { missing: plainText(problem, 500) }),
        },
        { label: 'Edit First…', description: 'parameters, experiment, environment', value: 'edit' },
      ],
      active: problem === undefined ? 'run' : 'edit',
    },
    wholeCommand(draft, questions.showWhole),
  );
  if (answer === undefined || answer === 'back') return undefined;
  return answer.value === 'run' ? { kind: 'run', launch: draft } : await askLaunch(draft, questions);
}

/** The run's own experiment is among those to choose, whether or not it is loaded. */
function withExperiment(questions: LaunchQuestions, { experiment }: Launch): LaunchQuestions {
  const names = experiment?.kind === 'name' ? [experiment.name] : [];
  return { ...questions, experiments: [...new Set([...names, ...questions.experiments])] };
}

function nameRun({ name, id }: Run): string {
  return plainText(name || id, 60);
}
