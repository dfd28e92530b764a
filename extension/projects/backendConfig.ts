import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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

/** What is wrong with the file that a launch names for its backend, from the project's folder; undefined when nothing is. */
export function findConfigFileProblem({ backend, backendConfig, project }: Launch): string | undefined {
  if (backendConfig === undefined || backend === undefined || backend === 'local') return undefined;
  if (!backendConfig.endsWith('.json')) return 'MLflow takes only files whose name ends in .json.';
  const pathOf = (path: string): string => resolve(project.kind === 'folder' ? project.path : '', path);
  if (!existsSync(pathOf(backendConfig))) return `There is no file “${backendConfig}”.`;
  const text = readFileSync(pathOf(backendConfig), 'utf8');
  const problem = findConfigProblem(backend, text, (path) => existsSync(pathOf(path)));
  return problem && `${backendConfig} cannot be used: ${problem}`;
}

/** What is wrong with the text of a backend-config file as MLflow finds it; undefined when nothing is. */
export function findConfigProblem(
  backend: RemoteBackend,
  text: string,
  exists: (path: string) => boolean,
): string | undefined {
  const config = parseObject(text);
  if (config === undefined) return 'It holds no JSON object.';
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

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
