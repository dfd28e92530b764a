import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureKubernetes } from '../../support/tools';
import { startRecorder } from './recorder';

/** A Kubernetes cluster, and the Docker daemon that makes its image, both played by a recorder on this machine. */
export interface PlayedKubernetes {
  /** What MLflow needs to find them. */
  readonly env: Readonly<Record<string, string>>;
  /** What the jobs are that the cluster was given. */
  jobs(): readonly JobPod[];
  /** The containers that the daemon was told to make, which it then does not. */
  containers(): readonly DockerContainer[];
  stop(): Promise<void>;
}

export interface JobPod {
  readonly containers: readonly { readonly command: readonly string[]; readonly image: string }[];
  readonly restartPolicy: string;
}

export interface DockerContainer {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly Tty: boolean;
  readonly HostConfig: { readonly NanoCpus: number };
}

interface KubernetesJob {
  readonly spec: { readonly template: { readonly spec: JobPod } };
}

/** A job's template, of the name that our backend-config template has. */
export const jobTemplate = {
  'kubernetes_job_template.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: "{replaced}", namespace: mine}
spec:
  backoffLimit: 0
  template:
    spec:
      containers: [{name: "{replaced}", image: "{replaced}", command: ["{replaced}"]}]
      restartPolicy: Never
`,
};

/** The cluster is that of the context `my-cluster`; it takes a project whose image is made from `base:1`, and its jobs succeed. */
export async function playKubernetes(): Promise<PlayedKubernetes> {
  const complete = { type: 'Complete', status: 'True', message: 'done' };
  const recorder = await startRecorder({
    'GET /version': { ApiVersion: '1.43' },
    'GET /images/json': [{ Id: 'sha256:base', RepoTags: ['base:1'] }],
    'GET /images/base:1/json': { Id: 'sha256:base', RepoTags: ['base:1'] },
    'POST /push': { status: 'pushed' },
    'GET /distribution/base:1/json': { Descriptor: { digest: 'sha256:pushed' } },
    'GET /status': { status: { startTime: '2026-01-01T00:00:00Z', conditions: [complete] } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-kubernetes-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeConfig(`http://127.0.0.1:${recorder.port}`));
  // MLflow asks the program for the daemon's state, and speaks with the daemon itself.
  await writeFile(join(folder, 'docker'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return {
    env: {
      ...{
        DOCKER_HOST: `tcp://127.0.0.1:${recorder.port}`,
        DOCKER_API_VERSION: '1.43',
        KUBECONFIG: kubeconfig,
      },
      ...{ PYTHONPATH: await ensureKubernetes(), PATH: [folder, process.env['PATH']].join(delimiter) },
    },
    jobs: () =>
      recorder
        .bodies('POST', '/namespaces/mine/jobs')
        .map((job) => (job as KubernetesJob).spec.template.spec),
    containers: () => recorder.bodies('POST', '/containers/create') as readonly DockerContainer[],
    stop: async () => {
      recorder.close();
      await rm(folder, { recursive: true });
    },
  };
}

function kubeConfig(server: string): string {
  const context = { name: 'my-cluster', context: { cluster: 'one', user: 'me' } };
  const clusters = [{ name: 'one', cluster: { server } }];
  const users = [{ name: 'me', user: { token: 'c4nary' } }];
  return JSON.stringify({ apiVersion: 'v1', kind: 'Config', contexts: [context], clusters, users });
}
