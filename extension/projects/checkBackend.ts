import { shellQuote } from '../../language-server/documents/shellQuote';
import type { Launch } from './launch';
import type { ProjectFile } from './projectFile';

/**
 * Why MLflow could not hand a launch to Databricks or Kubernetes as it is meant, in one sentence; undefined where it can, and for this
 * machine. What it hands over was read off MLflow 3.17 beside servers that record it.
 */
export function findBackendProblem(launch: Launch, file: ProjectFile | undefined): string | undefined {
  const { backend, backendConfig } = launch;
  if (backend !== 'databricks' && backend !== 'kubernetes') return undefined;
  if (backendConfig === undefined) return `The backend ${backend} needs a backend-config file.`;
  return backend === 'databricks' ? findDatabricksProblem(launch) : findKubernetesProblem(launch, file);
}

function findDatabricksProblem({ entryPoint, parameters }: Launch): string | undefined {
  if (shellQuote(entryPoint) !== entryPoint)
    return `MLflow quotes an entry point’s name twice for Databricks, where “${entryPoint}” would not be found: give it a name of one plain word.`;
  const [name] = [...parameters].find(([, value]) => /\n[ \t]+\n/.test(value)) ?? [];
  return name === undefined
    ? undefined
    : `For Databricks MLflow would take the spaces out of an empty line in the value of ${name}.`;
}

/** No shell runs the command there, but MLflow puts shell quotes into each of its words that has more than plain characters. */
function findKubernetesProblem(
  { entryPoint, parameters }: Launch,
  file: ProjectFile | undefined,
): string | undefined {
  if (file && !file.environments.includes('docker_env'))
    return 'On Kubernetes MLflow runs only projects with docker_env.';
  const declared = file?.entryPoints.find(({ name }) => name === entryPoint);
  const odd = /[^\w\s@%+=:,./{}-]/.exec(declared?.command?.text ?? '')?.[0];
  if (odd !== undefined)
    return `The command holds “${odd}”, but on Kubernetes no shell reads it: put what needs one into a script.`;
  const defaults = (declared?.parameters ?? []).map((one) => [one.name, one.default ?? ''] as const);
  const values = new Map([...defaults, ...parameters]);
  const [name] = [...values].find(([, value]) => shellQuote(value) !== value) ?? [];
  return name === undefined
    ? undefined
    : `On Kubernetes the value of ${name} would reach the command with quotes around it: only plain words can be given there.`;
}
