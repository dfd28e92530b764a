import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../support/cache';
import { withoutMlflow } from '../support/mlflowServer';
import { ensureMlflow } from '../support/tools';

/** `saved`: the MLmodel of a model that MLflow saved, with all its files; `model` says which. */
export type CaseKind = 'mlproject' | 'python_env' | 'conda' | 'mlmodel' | 'saved';

export interface AgreeCase {
  readonly kind: CaseKind;
  /** Where it comes from, to be shown. */
  readonly name: string;
  readonly text: string;
  /** Environment files that it names. */
  readonly paths: readonly string[];
  /** Those of them that lie beside it. */
  readonly create: readonly string[];
  readonly model?: string;
}

export interface Verdict {
  /** What MLflow dies of, at load or when an entry point is run; null if of nothing. */
  readonly error: string | null;
  /** Of the case's paths, which are there. */
  readonly exists: Readonly<Record<string, boolean>>;
}

/** The models that MLflow saves for cases of the kind `saved`, with the text of their MLmodels. */
export async function savedModels(): Promise<readonly AgreeCase[]> {
  const lines = await runVerdicts('', ['--saved']);
  return lines.map((line) => {
    const { model, text } = JSON.parse(line) as { readonly model: string; readonly text: string };
    return { kind: 'saved', name: `saved ${model}`, text, paths: [], create: [], model };
  });
}

/** MLflow's own verdicts, all by one Python process, in the order of the cases. */
export async function askMlflow(cases: readonly AgreeCase[]): Promise<readonly Verdict[]> {
  const input = cases.map((one) => JSON.stringify(one)).join('\n');
  return (await runVerdicts(input, [])).map((line) => JSON.parse(line) as Verdict);
}

async function runVerdicts(input: string, options: readonly string[]): Promise<readonly string[]> {
  const { python } = await ensureMlflow('newest');
  const env = {
    ...withoutMlflow(process.env),
    MLFLOW_ALLOW_FILE_STORE: 'true',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    PYTHONWARNINGS: 'ignore',
    PYTHONUTF8: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const script = join(projectRoot(), 'test/agree/verdicts.py');
  const { stdout, stderr, status } = spawnSync(python, [script, ...options], {
    input,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`verdicts.py ended with ${status}\n${stderr.slice(-2_000)}`);
  return stdout.trim().split('\n');
}
