import type { Backend } from './launch';

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
