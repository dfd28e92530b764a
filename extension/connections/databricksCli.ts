import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { promisify } from 'node:util';

/** What the Databricks CLI was asked and answered on its standard output. Rejects if it could not be run or failed. */
export type RunDatabricksCli = (args: readonly string[]) => Promise<string>;

/** A token and until when it is good, in ms since 1970. */
export interface TimedToken {
  readonly token: string;
  readonly goodUntil: number;
}

const answerMs = 15_000;

/** A token that ends this soon is not used any more, in ms: the request must still reach the server with it. */
const margin = 60_000;

/** How long a token is kept that does not say when it ends, in ms. */
const unknownLife = 5 * 60_000;

/** Runs `databricks`, or what DATABRICKS_CLI_PATH names, by its arguments, never through a shell. */
export function databricksCli(path: string | undefined): RunDatabricksCli {
  const run = promisify(execFile);
  return async (args) => {
    const options = { timeout: answerMs, cwd: homedir(), windowsHide: true, maxBuffer: 2 ** 20 };
    return (await run(path ?? 'databricks', [...args], options)).stdout;
  };
}

/** Reads what `databricks auth token` prints; undefined when that is anything else. */
export function parseCliToken(output: string, now: number): TimedToken | undefined {
  const answer = parseJson(output);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { access_token: token, expiry } = answer as Partial<Record<string, unknown>>;
  if (typeof token !== 'string' || token === '') return undefined;
  const end = typeof expiry === 'string' ? Date.parse(expiry) : Number.NaN;
  return { token, goodUntil: Number.isNaN(end) ? now + unknownLife : end - margin };
}

/** Answers with one token until it ends, then asks for the next; whoever asks meanwhile waits for the same one. */
export function keepToken(ask: () => Promise<TimedToken>, now: () => number): () => Promise<string> {
  let kept: TimedToken | undefined;
  let asking: Promise<TimedToken> | undefined;
  return async () => {
    if (kept && now() < kept.goodUntil) return kept.token;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    kept = await asking;
    return kept.token;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
