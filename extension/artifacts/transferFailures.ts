import { causeOf, isCancellation, isDenied, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import { formatCount } from '../ui/numbers';
import { signIn } from '../ui/steps';
import { UserError } from '../ui/userError';
import { DiskFullError } from '../ui/writeFailure';

/** A file that could not be transferred. */
export interface TransferFailure {
  readonly path: string;
  readonly cause: unknown;
}

/** What came of the files, one after the other; those that are in neither were not tried. */
export interface TransferOutcome {
  /** Where those that are there now lie. */
  readonly done: readonly string[];
  readonly failures: readonly TransferFailure[];
}

/** Failures of a connection, which every further file would meet. */
const lasting: readonly TrackingErrorKind[] = [
  ...(['refused', 'dns', 'tls', 'unreachable', 'proxy', 'timeout'] as const),
  ...(['rateLimited', 'redirected', 'notMlflow'] as const),
];

/**
 * Transfers files one after the other; one that fails does not keep the others, unless they would fail too. `transfer` answers where
 * the file then lies, `pathOf` how a failure names it. Rejects with the signal's reason.
 */
export async function transferInTurn<T>(
  files: readonly T[],
  pathOf: (file: T) => string,
  transfer: (file: T) => Promise<string>,
  signal: AbortSignal,
): Promise<TransferOutcome> {
  const done: string[] = [];
  const failures: TransferFailure[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    try {
      done.push(await transfer(file));
    } catch (cause) {
      signal.throwIfAborted();
      failures.push({ path: pathOf(file), cause });
      if (endsTransfer(cause)) break;
    }
  }
  return { done, failures };
}

/** Whether there is no use in going on with other files. */
export function endsTransfer(error: unknown): boolean {
  if (isCancellation(error) || isDenied(error) || error instanceof DiskFullError) return true;
  if (error instanceof TrackingError) return lasting.includes(error.kind);
  return !(error instanceof UserError);
}

/** One error for all of them; undefined for none. `all` is how many files there were, `verb` as in `could not be downloaded`. */
export function composeFailure(
  { done, failures }: TransferOutcome,
  all: number,
  verb: string,
): Error | undefined {
  const [first] = failures;
  if (!first) return undefined;
  if (all === 1) return first.cause as Error;
  const named = failures.slice(0, 3).map(({ path, cause }) => `${path}: ${causeOf(cause)}`);
  const more = failures.length > named.length ? ` And ${failures.length - named.length} more.` : '';
  const untried = all - done.length - failures.length;
  const rest = untried > 0 ? ` ${untried} more were not tried.` : '';
  return new UserError(
    `${failures.length} of ${formatCount(all, 'file')} could not be ${verb}. ${named.join(' ')}${more}${rest}`,
    { cause: first.cause, ...(failures.some(({ cause }) => isDenied(cause)) && { next: signIn }) },
  );
}
