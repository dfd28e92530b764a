import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { FoundManager } from '../processes/environmentManagers';
import { plainText } from '../ui/text';
import { askInTurn, type Step } from './askInTurn';
import { declaredParameters, findParameterProblem, listMissing, type PathExists } from './checkLaunch';
import { chooseBackendConfig } from './backendDialog';
import { listArguments } from './composeRun';
import { hasDocker } from './docker';
import { backends, type Backend, type Launch, nameProject } from './launch';
import { isNumberType } from './numberType';
import { readPairs, writePairs } from './pairs';
import type { ProjectFile, ProjectParameter } from './projectFile';
import { showCommand, showWholeCommand } from './showCommand';
import {
  type Answer,
  askChoice,
  askText,
  askWithWhole,
  type Place,
  type StepOption,
  type Whole,
} from './stepDialog';

/** What the questions about a launch are made of. */
export interface LaunchQuestions {
  /** Undefined for a project that MLflow fetches. */
  readonly file: ProjectFile | undefined;
  readonly exists: PathExists;
  readonly managers: readonly FoundManager[];
  /** The names of the experiments that there are. */
  readonly experiments: readonly string[];
  /** Why the launch as it is now cannot start; undefined where it can. */
  readonly findProblem: (launch: Launch) => string | undefined;
  /** Keeps what was answered for the next time, where the questions end before the last. */
  readonly keep: (launch: Launch) => Promise<void>;
  /** Shows a text that no question has room for, beside it. */
  readonly showWhole: Whole['show'];
}

export interface LaunchChoice {
  readonly kind: 'run' | 'save';
  readonly launch: Launch;
}

/**
 * Asks for all of a launch, one thing after the other, with what is already chosen filled in; `draft` names project and entry
 * point. Undefined when the user turns away.
 */
export async function askLaunch(
  draft: Launch,
  questions: LaunchQuestions,
): Promise<LaunchChoice | undefined> {
  const asked = listSteps(draft, questions).map(
    (step): Step<LaunchChoice> =>
      async (choice, place) =>
        follow(await step(choice.launch, place), (launch) => ({ ...choice, launch })),
  );
  const confirmed: Step<LaunchChoice> = async ({ launch }, place) =>
    follow(await confirm(launch, questions, place), (kind) => ({ kind, launch }));
  const steps = [...asked, confirmed];
  return await askInTurn<LaunchChoice>({ kind: 'run', launch: draft }, titleOf('Run', draft), () => steps);
}

/** Asks for the values that an entry point cannot do without and that the draft lacks. Undefined when the user turns away. */
export async function askMissingValues(
  verb: string,
  draft: Launch,
  { file, exists }: Pick<LaunchQuestions, 'file' | 'exists'>,
): Promise<Launch | undefined> {
  const missing = listMissing(declaredParameters(file, draft.entryPoint), draft.parameters);
  const steps = missing.map(
    (parameter): Step<Launch> =>
      (launch, place) =>
        askParameter(launch, place, parameter, exists),
  );
  return await askInTurn(draft, titleOf(verb, draft), () => steps);
}

function titleOf(verb: string, { entryPoint, project }: Launch): string {
  return `${verb} ${plainText(entryPoint, 60)} of ${plainText(nameProject(project), 60)}`;
}

function listSteps(draft: Launch, questions: LaunchQuestions): readonly Step<Launch>[] {
  const { file, exists, managers, experiments } = questions;
  const declared = declaredParameters(file, draft.entryPoint);
  return [
    ...declared.map(
      (parameter): Step<Launch> =>
        (launch, place) =>
          askParameter(launch, place, parameter, exists),
    ),
    (launch, place) => askExtra(launch, place, new Set(declared.map(({ name }) => name))),
    (launch, place) => askExperiment(launch, place, experiments),
    askRunName,
    (launch, place) => askManager(launch, place, managers),
    (launch, place) => askBackend(launch, place, questions),
    ...(hasDocker(file) ? [askImage, askDocker] : []),
  ];
}

async function askParameter(
  launch: Launch,
  place: Place,
  parameter: ProjectParameter,
  exists: PathExists,
): Promise<Answer<Launch>> {
  const { name, type } = parameter;
  const isPlace = type === 'path' || type === 'uri';
  const fallback =
    parameter.default === undefined ? 'it needs a value' : `default ${plainText(parameter.default, 100)}`;
  const answer = await askText(place, {
    prompt: `${plainText(name, 100)} (${plainText(type, 40)}; ${fallback})`,
    value: launch.parameters.get(name) ?? parameter.default ?? '',
    findProblem: (value) =>
      findNumberProblem(parameter, value) ?? findParameterProblem(parameter, value, exists),
    browse: isPlace ? () => browse(launch, type) : undefined,
  });
  return follow(answer, (value) => {
    const parameters = new Map(launch.parameters);
    if (value === parameter.default) parameters.delete(name);
    else parameters.set(name, value);
    return { ...launch, parameters };
  });
}

/** MLflow checks no number; a script that wants one would fail only after all else was made ready. */
function findNumberProblem({ type, name }: ProjectParameter, value: string): string | undefined {
  const isNumber = /^\s*[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?\s*$|^\s*[+-]?(inf|infinity|nan)\s*$/i.test(
    value,
  );
  return isNumberType(type) && !isNumber ? `${plainText(name, 100)} needs a number.` : undefined;
}

async function browse({ project }: Launch, type: string): Promise<string | undefined> {
  const folder = project.kind === 'folder' ? project.path : undefined;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      ...{ canSelectFiles: true, canSelectFolders: true, openLabel: 'Choose' },
      ...(folder !== undefined && { defaultUri: vscode.Uri.file(folder) }),
    })) ?? [];
  if (!chosen) return undefined;
  if (chosen.scheme !== 'file') return chosen.toString();
  if (type === 'uri') return pathToFileURL(chosen.fsPath).href;
  const inside = folder === undefined ? '' : relative(folder, chosen.fsPath);
  return inside === '' || inside.startsWith('..') ? chosen.fsPath : inside;
}

async function askExtra(
  launch: Launch,
  place: Place,
  declared: ReadonlySet<string>,
): Promise<Answer<Launch>> {
  const own = [...launch.parameters].filter(([name]) => declared.has(name));
  const extra = [...launch.parameters].filter(([name]) => !declared.has(name));
  const answer = await askText(place, {
    prompt:
      'Further parameters, which the command gets as --name value: name=value, with quotes around what holds spaces. Empty for none.',
    placeholder: 'epochs=5 note="two words"',
    value: writePairs(extra),
    findProblem: (text) => readPairs(text).problem,
  });
  return follow(answer, (text) => ({ ...launch, parameters: new Map([...own, ...readPairs(text).pairs]) }));
}

/** Has the user choose an experiment, or name a new one. */
export async function askExperiment(
  launch: Launch,
  place: Place,
  names: readonly string[],
): Promise<Answer<Launch>> {
  const { experiment } = launch;
  const current = experiment?.kind === 'name' ? experiment.name : undefined;
  const known: readonly StepOption<string | undefined>[] = names.map((name) => ({
    label: plainText(name),
    value: name,
  }));
  const answer = await askChoice<string | undefined>(place, {
    placeholder: 'The experiment of the run: choose one, or type the name of a new one',
    options: [{ label: 'As MLflow chooses', description: 'usually Default', value: undefined }, ...known],
    active: current,
    fromText: (text) => ({ label: `New experiment “${plainText(text)}”`, value: text.trim() }),
  });
  return follow(answer, (name) => ({
    ...launch,
    experiment: name === undefined ? undefined : { kind: 'name', name },
  }));
}

async function askRunName(launch: Launch, place: Place): Promise<Answer<Launch>> {
  const prompt = 'The name of the run. Empty: MLflow makes one up.';
  const answer = await askText(place, { prompt, value: launch.runName ?? '' });
  return follow(answer, (name) => ({ ...launch, runName: name.trim() === '' ? undefined : name }));
}

/** Has the user choose how the environment is made, among the ways that there are here. */
export async function askManager(
  launch: Launch,
  place: Place,
  managers: readonly FoundManager[],
): Promise<Answer<Launch>> {
  const options: readonly StepOption<Launch['environmentManager']>[] = managers.map(
    ({ name, isThere, reason }) => ({
      label: name,
      value: name,
      ...(isThere ? { description: plainText(reason) } : { missing: `Not here: ${plainText(reason)}` }),
    }),
  );
  const answer = await askChoice(place, {
    placeholder: 'How the project’s environment is made',
    options: [
      { label: 'As the project says', description: 'MLflow’s own choice', value: undefined },
      ...options,
    ],
    active: launch.environmentManager,
  });
  return follow(answer, (environmentManager) => ({ ...launch, environmentManager }));
}

const backendWords: Readonly<Record<Backend, string>> = {
  local: 'this machine',
  databricks: 'a job on a Databricks cluster, described by a JSON file',
  kubernetes: 'a job on a Kubernetes cluster, for projects with docker_env, described by a JSON file',
};

async function askBackend(launch: Launch, place: Place, { keep }: LaunchQuestions): Promise<Answer<Launch>> {
  const answer = await askChoice(place, {
    placeholder: 'Where it runs',
    options: backends.map((backend) => ({
      label: backend,
      description: backendWords[backend],
      value: backend,
    })),
    active: launch.backend ?? 'local',
  });
  if (answer === undefined || answer === 'back') return answer;
  const backend = answer.value;
  if (backend === 'local') return { value: { ...launch, backend: undefined, backendConfig: undefined } };
  // A file describes one kind of cluster.
  const kept = backend === launch.backend ? launch.backendConfig : undefined;
  const backendConfig = await chooseBackendConfig({ ...launch, backend, backendConfig: kept }, place, keep);
  return follow(backendConfig, (path) => ({ ...launch, backend, backendConfig: path }));
}

async function askImage(launch: Launch, place: Place): Promise<Answer<Launch>> {
  const answer = await askChoice(place, {
    placeholder: 'What the container holds',
    options: [
      {
        label: 'The image and the project’s files',
        description: 'MLflow copies them into an image of its own: --build-image',
        value: true,
      },
      { label: 'The image as it is', description: 'the scripts are in it', value: false },
    ],
    active: launch.buildImage ?? true,
  });
  return follow(answer, (buildImage) => ({ ...launch, buildImage }));
}

async function askDocker(launch: Launch, place: Place): Promise<Answer<Launch>> {
  const answer = await askText(place, {
    prompt:
      'Arguments of docker run, without dashes: name=value, or a name alone for a flag. Empty for none.',
    placeholder: 'gpus=all t',
    value: writePairs([...(launch.dockerArguments ?? [])], true),
    findProblem: (text) => readPairs(text, true).problem,
  });
  return follow(answer, (text) => ({ ...launch, dockerArguments: new Map(readPairs(text, true).pairs) }));
}

/** The last look, at exactly what will be run. */
async function confirm(
  launch: Launch,
  { findProblem, showWhole }: LaunchQuestions,
  place: Place,
): Promise<Answer<'run' | 'save'>> {
  const problem = findProblem(launch);
  const blocked = problem === undefined ? {} : { missing: plainText(problem, 500) };
  return await askWithWhole<'run' | 'save'>(
    place,
    {
      placeholder: 'Enter runs it',
      options: [
        { label: 'Run', icon: 'play', detail: showRun(launch), value: 'run', ...blocked },
        {
          ...{ label: 'Save as Task…', icon: 'save', detail: 'Written to .vscode/tasks.json', value: 'save' },
          ...blocked,
        },
      ],
    },
    wholeCommand(launch, showWhole),
  );
}

/** What will be run, in one line. */
export function showRun(launch: Launch): string {
  return `mlflow run ${showCommand(listArguments(launch))}`;
}

/** The choice that shows all that will be run. */
export function wholeCommand(launch: Launch, show: Whole['show']): Whole {
  return {
    ...{ label: 'Show Whole Command', name: 'mlflow run.sh' },
    ...{ text: showWholeCommand(listArguments(launch)), show },
  };
}

/** What becomes of an answer, unless it is none. */
export function follow<T, U>(answer: Answer<T>, take: (value: T) => U): Answer<U> {
  return answer === undefined || answer === 'back' ? answer : { value: take(answer.value) };
}
