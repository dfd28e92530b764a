import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FoundManager } from '../processes/environmentManagers';
import type { FoundPython } from '../processes/findPython';
import { plainText } from '../ui/text';

const run = promisify(execFile);
const answerMs = 20_000;

/** A thing that MLflow may need, as it was found. */
export interface Finding {
  readonly name: string;
  readonly isThere: boolean;
  /** Its version or place, or what is wrong; made safe to show, never a secret. */
  readonly detail: string;
  /** What it is for. */
  readonly purpose: string;
  /** How to get it. */
  readonly way: string;
}

export interface CheckOptions {
  /** The Python with MLflow, or why there is none. */
  readonly python: FoundPython | { readonly problem: string };
  readonly managers: readonly FoundManager[];
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly home: string;
}

/** What is there of all that MLflow's commands may need. Rejects with the signal's reason only. */
export async function checkEnvironment(
  options: CheckOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const tools = await Promise.all(
    programs.map((program) => checkProgram(program, options.environment, signal)),
  );
  const credentials = [await checkDatabricks(options), checkAws(options)];
  signal.throwIfAborted();
  return [checkPython(options), ...options.managers.slice(1).map(checkManager), ...tools, ...credentials];
}

function checkPython({ python }: CheckOptions): Finding {
  const isThere = 'python' in python;
  return {
    name: 'Python with MLflow',
    isThere,
    detail: plainText(
      isThere ? `MLflow ${python.version} in ${python.python}, ${python.reason}` : python.problem,
      1000,
    ),
    purpose: 'Everything that MLflow Lens starts: servers, projects, predictions',
    way: 'Run `pip install mlflow` in the environment of your project, and choose it in the Python extension or by the setting `mlflow.python.path`.',
  };
}

const waysToManagers: Readonly<Record<string, string>> = {
  virtualenv: 'Install pyenv; MLflow before 3.10 also needs `pip install virtualenv` beside it.',
  uv: 'Run `pip install uv` beside MLflow, or install uv on PATH.',
  conda: 'Install Miniconda or Miniforge, and start VS Code from a shell that finds conda.',
};

function checkManager({ name, isThere, reason }: FoundManager): Finding {
  return {
    ...{ name, isThere, detail: plainText(reason) },
    purpose: `Projects and models in environments of their own (\`--env-manager ${name}\`)`,
    way: waysToManagers[name] ?? '',
  };
}

interface Tool {
  readonly name: string;
  readonly args: readonly string[];
  readonly purpose: string;
  readonly way: string;
}

const programs: readonly Tool[] = [
  {
    ...{ name: 'git', args: ['--version'], purpose: 'Projects from Git, the source of runs' },
    way: 'Install Git, and have it on PATH.',
  },
  {
    ...{ name: 'docker', args: ['version', '--format', '{{.Server.Version}}'] },
    purpose: 'Projects with `docker_env`, images of models',
    way: 'Install Docker, start its daemon, and allow your account to use it.',
  },
  {
    ...{ name: 'kubectl', args: ['version', '--client'], purpose: 'Projects on Kubernetes' },
    way: 'Install kubectl, and have it on PATH.',
  },
];

async function checkProgram(
  { name, args, purpose, way }: Tool,
  environment: CheckOptions['environment'],
  signal: AbortSignal,
): Promise<Finding> {
  const answer = await ask(name, args, environment, signal);
  return { name, ...answer, purpose, way };
}

async function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Pick<Finding, 'isThere' | 'detail'>> {
  try {
    const options = { signal, env, timeout: answerMs, cwd: tmpdir(), windowsHide: true };
    const { stdout } = await run(program, [...args], options);
    return { isThere: true, detail: plainText(stdout.trim().split('\n')[0] ?? '') };
  } catch (error) {
    signal.throwIfAborted();
    const { code, killed, stderr = '' } = error as { code?: unknown; killed?: boolean; stderr?: string };
    if (code === 'ENOENT') return { isThere: false, detail: 'not on PATH' };
    if (killed === true) return { isThere: false, detail: `did not answer within ${answerMs / 1000} s` };
    const [line = ''] = stderr.trim().split('\n');
    return { isThere: false, detail: plainText(line, 300) || 'is there, but failed' };
  }
}

/** Whether MLflow would find credentials, and where; their values are looked at by nobody. */
async function checkDatabricks({ environment, home }: CheckOptions): Promise<Finding> {
  const file = environment['DATABRICKS_CONFIG_FILE'] ?? join(home, '.databrickscfg');
  const places = [
    ...namesOf(environment, [
      'DATABRICKS_HOST',
      'DATABRICKS_TOKEN',
      'DATABRICKS_CLIENT_ID',
      'DATABRICKS_CONFIG_PROFILE',
    ]),
    ...(await describeProfiles(file)),
  ];
  return {
    ...describePlaces('Databricks credentials', places),
    purpose: 'Stores, models and projects on Databricks',
    way: 'Run `databricks auth login`, or set `DATABRICKS_HOST` and `DATABRICKS_TOKEN`.',
  };
}

function checkAws({ environment, home }: CheckOptions): Finding {
  const files = [
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'),
    environment['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'),
  ];
  const places = [
    ...namesOf(environment, [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_PROFILE',
      'AWS_ROLE_ARN',
    ]),
    ...files.filter((file) => existsSync(file)),
  ];
  return {
    ...describePlaces('AWS credentials', places),
    purpose: 'Artifacts in S3, SageMaker',
    way: 'Run `aws configure`, or set `AWS_PROFILE`.',
  };
}

function namesOf(environment: CheckOptions['environment'], names: readonly string[]): readonly string[] {
  return names.filter((name) => environment[name]);
}

async function describeProfiles(file: string): Promise<readonly string[]> {
  try {
    const profiles = (await readFile(file, 'utf8')).match(/^\[[^\]\n]+\]/gm) ?? [];
    return [`${file} (${profiles.length} profile${profiles.length === 1 ? '' : 's'})`];
  } catch {
    return [];
  }
}

function describePlaces(
  name: string,
  places: readonly string[],
): Pick<Finding, 'name' | 'isThere' | 'detail'> {
  return { name, isThere: places.length > 0, detail: plainText(places.join(', ') || 'none found', 1000) };
}
