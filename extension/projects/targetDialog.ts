import * as vscode from 'vscode';
import { plainText } from '../ui/text';
import { type Launch, nameLaunch, nameProject, type ProjectPlace } from './launch';
import { findLaunchProblem } from './checkLaunch';
import { readProject } from './projectFolder';
import { type Answer, askChoice, askText, type Place, type StepOption } from './stepDialog';

/** What is to be launched, before its values. */
export type Target = Pick<Launch, 'project' | 'entryPoint'>;

type ProjectChoice =
  { readonly kind: 'project'; readonly project: ProjectPlace } | { readonly kind: 'again' | 'address' };

/** Has the user choose a project and its entry point, or what ran last. Undefined when they turn away. */
export async function askTarget(
  title: string,
  folders: readonly string[],
  last: Launch | undefined,
): Promise<Target | 'again' | undefined> {
  for (;;) {
    const chosen = await askProject({ title, step: 1, totalSteps: 2 }, folders, last);
    if (chosen === undefined || chosen === 'back') return undefined;
    if (chosen.value.kind === 'again') return 'again';
    const place = { title, step: 2, totalSteps: chosen.value.kind === 'address' ? 4 : 2 };
    const target =
      chosen.value.kind === 'project'
        ? await askEntryPoint(place, chosen.value.project)
        : await askRepository(place);
    if (target !== 'back') return target?.value;
  }
}

async function askProject(
  place: Place,
  folders: readonly string[],
  last: Launch | undefined,
): Promise<Answer<ProjectChoice>> {
  const again: StepOption<ProjectChoice>[] = last
    ? [{ label: `Run again: ${plainText(nameLaunch(last))}`, icon: 'debug-rerun', value: { kind: 'again' } }]
    : [];
  const projects = folders.map((path): StepOption<ProjectChoice> => ({
    label: plainText(nameProject({ kind: 'folder', path })),
    icon: 'folder',
    description: plainText(vscode.workspace.asRelativePath(path)),
    value: { kind: 'project', project: { kind: 'folder', path } },
  }));
  const address: StepOption<ProjectChoice> = {
    label: 'Another project…',
    icon: 'repo',
    description: 'the address of a Git repository',
    value: { kind: 'address' },
  };
  return await askChoice(place, {
    placeholder: 'The project to run',
    options: [...again, ...projects, address],
  });
}

async function askEntryPoint(place: Place, project: ProjectPlace): Promise<Answer<Target>> {
  const { entryPoints } = project.kind === 'folder' ? await readProject(project.path) : { entryPoints: [] };
  const options = entryPoints.map(({ name, parameters, command }) => ({
    label: plainText(name),
    description: plainText(parameters.map((one) => one.name).join(', ')),
    detail: command && plainText(command.text),
    value: name,
  }));
  const answer = await askChoice(place, {
    placeholder: 'The entry point, or the name of a script such as train.py',
    options,
    fromText: (text) => ({ label: plainText(text), description: 'a script of the project', value: text }),
  });
  return answer === undefined || answer === 'back'
    ? answer
    : { value: { project, entryPoint: answer.value } };
}

/** An address, a version, a subdirectory and an entry point, which nobody can list before MLflow has fetched it. */
async function askRepository(first: Place): Promise<Answer<Target>> {
  const questions = [
    {
      prompt: 'The address of a Git repository with an MLproject',
      value: '',
      placeholder: 'https://github.com/mlflow/mlflow-example#subdirectory',
    },
    { prompt: 'A commit, branch or tag. Empty: what the repository has first.', value: '' },
    { prompt: 'The entry point', value: 'main' },
  ];
  const texts: string[] = [];
  while (texts.length < questions.length) {
    const question = questions[texts.length];
    if (!question) break;
    const findProblem = (text: string) => problemOf([...texts, text]);
    const answer = await askText({ ...first, step: first.step + texts.length }, { ...question, findProblem });
    if (answer === undefined) return undefined;
    if (answer !== 'back') texts.push(answer.value.trim());
    else if (texts.pop() === undefined) return 'back';
  }
  return { value: targetOf(texts) };
}

function targetOf([address = '', version = '', entryPoint = 'main']: readonly string[]): Target {
  const at = address.indexOf('#');
  const uri = at < 0 ? address : address.slice(0, at);
  const subdirectory = at < 0 ? undefined : address.slice(at + 1);
  return { project: { kind: 'remote', uri, version: version || undefined, subdirectory }, entryPoint };
}

function problemOf(texts: readonly string[]): string | undefined {
  return findLaunchProblem({ ...targetOf(texts), parameters: new Map() }, undefined, () => false);
}
