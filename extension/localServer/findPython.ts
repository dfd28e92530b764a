import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { causeOf, isCancellation } from '../tracking/errors';
import { UserError } from '../ui/userError';
import { findEndCause } from './endCause';
import type { PythonPlace } from './pythonPlaces';

const run = promisify(execFile);

/** Asks without importing MLflow, which takes seconds. */
const script = [
  'import importlib.util, sys',
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
  const tried: string[] = [];
  for (const place of places) {
    const isPath = /[\\/]/.test(place.python);
    if (isPath && !existsSync(place.python)) {
      log(`No Python at ${place.python} (${place.reason}).`);
      continue;
    }
    const answer = await askVersion(place.python, signal);
    if ('version' in answer) {
      log(`Python: ${place.python} with MLflow ${answer.version}, since it is ${place.reason}.`);
      return { ...place, version: answer.version };
    }
    log(`Python: not ${place.python} (${place.reason}): ${answer.problem}.`);
    tried.push(`${place.python} (${place.reason}): ${answer.problem}`);
  }
  throw new NoPythonError(explainSearch(places, tried));
}

type Answer = { readonly version: string } | { readonly problem: string };

async function askVersion(python: string, signal: AbortSignal): Promise<Answer> {
  try {
    // A folder where nobody keeps modules: Python imports from the current one first.
    const options = { signal, timeout: answerMs, cwd: tmpdir(), windowsHide: true };
    const { stdout } = await run(python, ['-c', script], options);
    return { version: stdout.trim().split(/\s/).at(-1) ?? '' };
  } catch (error) {
    signal.throwIfAborted();
    if (isCancellation(error)) throw error;
    return { problem: explainFailure(error) };
  }
}

function explainFailure(error: unknown): string {
  const { killed, code, stderr } = error as { killed?: boolean; code?: unknown; stderr?: string };
  if (killed === true) return `it did not answer within ${answerMs / 1000} s`;
  if (code === 'ENOENT') return 'there is no such program';
  return findEndCause((stderr ?? '').split('\n')) ?? causeOf(error);
}

function explainSearch(places: readonly PythonPlace[], tried: readonly string[]): string {
  const advice = 'Install MLflow there, or set mlflow.python.path to a Python that has it.';
  if (tried.length > 0) return `No Python with MLflow was found. ${tried.join('; ')}. ${advice}`;
  const reasons = [...new Set(places.map(({ reason }) => reason))].join(', ');
  return `No Python was found: not as ${reasons}. Set mlflow.python.path to a Python that has MLflow.`;
}
