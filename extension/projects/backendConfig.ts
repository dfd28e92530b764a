import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { causeOf } from '../tracking/errors';
import type { Backend, Launch } from './launch';

type RemoteBackend = Exclude<Backend, 'local'>;

/** A file to begin with, in the words of MLflow's documentation. */
export const backendTemplates: Readonly<Record<RemoteBackend, string>> = {
  databricks: json({
    spark_version: '16.4.x-scala2.12',
    node_type_id: 'i3.xlarge',
    num_workers: 1,
  }),
  kubernetes: json({
    'kube-context': 'my-cluster',
    'repository-uri': 'images.example.test/my-project',
    'kube-job-template-path': 'kubernetes_job_template.yaml',
  }),
};

/** What is wrong with the path of the file that a launch names for its backend, whether or not it is there; undefined when nothing is. */
export function findConfigPathProblem({ backendConfig = '', project }: Launch): string | undefined {
  if (!backendConfig.endsWith('.json')) return 'MLflow takes only files whose name ends in .json.';
  return project.kind === 'remote' && !isAbsolute(backendConfig)
    ? 'MLflow fetches the project elsewhere: give the whole path of the file.'
    : undefined;
}

/** What is wrong with the file that a launch names for its backend, from the project's folder; undefined when nothing is. */
export function findConfigFileProblem(launch: Launch): string | undefined {
  const { backend, backendConfig, project } = launch;
  if (backendConfig === undefined || backend === undefined || backend === 'local') return undefined;
  const wrongPath = findConfigPathProblem(launch);
  if (wrongPath !== undefined) return wrongPath;
  const pathOf = (path: string): string => resolve(project.kind === 'folder' ? project.path : '', path);
  const exists = (path: string): boolean =>
    (project.kind === 'folder' || isAbsolute(path)) && existsSync(pathOf(path));
  if (!exists(backendConfig)) return `There is no file “${backendConfig}”.`;
  const problem = findConfigProblem(backend, readFileSync(pathOf(backendConfig), 'utf8'), exists);
  return problem && `${backendConfig} cannot be used: ${problem}`;
}

/** What is wrong with the text of a backend-config file as MLflow finds it; undefined when nothing is. */
export function findConfigProblem(
  backend: RemoteBackend,
  text: string,
  exists: (path: string) => boolean,
): string | undefined {
  const config = parseObject(text);
  if (typeof config === 'string') return config;
  if (backend === 'databricks') {
    return 'existing_cluster_id' in config
      ? 'MLflow makes a new cluster: existing_cluster_id cannot be given.'
      : undefined;
  }
  for (const key of ['kube-job-template-path', 'repository-uri']) {
    if (typeof config[key] !== 'string') return `It needs ${key}.`;
  }
  const template = String(config['kube-job-template-path']);
  return exists(template) ? undefined : `There is no file “${template}”, which kube-job-template-path names.`;
}

/** The object that a text holds, or why it holds none. */
function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : 'It holds no JSON object.';
  } catch (error) {
    return `It is no JSON: ${causeOf(error)}.`;
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
