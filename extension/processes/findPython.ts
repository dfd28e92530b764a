import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { causeOf } from '../tracking/errors';
import { UserError } from '../ui/userError';
import { findEndCause } from './endCause';
import { ignoreCurrentFolder } from './importPath';
import { isBefore } from './mlflowVersion';
import type { PythonPlace } from './pythonPlaces';

const run = promisify(execFile);

/** Asks without importing MLflow, which takes seconds. */
const script = [
  ignoreCurrentFolder,
  'import importlib.util',
  'if importlib.util.find_spec("mlflow") is None: sys.exit("MLflow is not installed")',
  'from importlib.metadata import version',
  'print(version("mlflow"))',
].join('\n');

const answerMs = 20_000;

/** A Python that has MLflow. */
export interface FoundPython extends PythonPlace {
  /** The version of its MLflow. */
  readonly version: string;
}

/** No Python that was tried has MLflow; the message names each of them. */
export class NoPythonError extends UserError {}

/** The first of the places that has MLflow, in order. Rejects with a NoPythonError, or with the signal's reason. */
export async function findPython(
  places: readonly PythonPlace[],
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<FoundPython> {
  const problems = new Map<string, string[]>();
  for (const place of places) {
    const { python, reason } = place;
    const answer = await askVersion(python, signal);
    if (answer.kind === 'version') {
      log(`Python: ${python} with MLflow ${answer.version}, since it is ${reason}.`);
      return { ...place, version: answer.version };
    }
    const known = problems.get(reason) ?? [];
    problems.set(reason, answer.kind === 'missing' ? known : [...known, `${python}: ${answer.problem}`]);
    log(`Python: not ${python} (${reason}): ${answer.problem}.`);
  }
  throw new NoPythonError(explainSearch(problems));
}

type Answer =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'missing' | 'unfit'; readonly problem: string };

async function askVersion(python: string, signal: AbortSignal): Promise<Answer> {
  const missing: Answer = { kind: 'missing', problem: 'there is no such program' };
  const isPath = /[\\/]/.test(python);
  if (isPath && !existsSync(python)) return missing;
  try {
    const options = { signal, timeout: answerMs, cwd: tmpdir(), windowsHide: true };
    const { stdout } = await run(python, ['-c', script], options);
    const version = stdout.trim().split(/\s/).at(-1) ?? '';
    if (isBefore(version, 2, 0)) return { kind: 'unfit', problem: `its MLflow ${version} is older than 2.0` };
    return { kind: 'version', version };
  } catch (error) {
    signal.throwIfAborted();
    const { killed, code, stderr } = error as { killed?: boolean; code?: unknown; stderr?: string };
    if (code === 'ENOENT') return missing;
    if (killed === true) return { kind: 'unfit', problem: `it did not answer within ${answerMs / 1000} s` };
    return { kind: 'unfit', problem: findEndCause((stderr ?? '').split('\n')) ?? causeOf(error) };
  }
}

function explainSearch(problems: ReadonlyMap<string, readonly string[]>): string {
  const found = [...problems].map(([reason, some]) => `${reason}: ${some.join(', ') || 'none there'}`);
  const advice = 'Install MLflow there, or set mlflow.python.path to a Python that has it.';
  return `No Python with MLflow was found (${found.join('; ')}). ${advice}`;
}
