import { causeOf, isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
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

/** What another user may be allowed to do. */
const denials: readonly TrackingErrorKind[] = ['unauthorized', 'forbidden'];

/** Failures of a connection or of somebody’s rights, which every further file would meet. */
const lasting: readonly TrackingErrorKind[] = [
  ...(['refused', 'dns', 'tls', 'unreachable', 'proxy', 'timeout'] as const),
  ...denials,
  ...(['rateLimited', 'redirected', 'notMlflow'] as const),
];

/** Whether there is no use in going on with other files. */
export function endsTransfer(error: unknown): boolean {
  if (isCancellation(error) || error instanceof DiskFullError) return true;
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
  const isDenied = failures.some(
    ({ cause }) => cause instanceof TrackingError && denials.includes(cause.kind),
  );
  return new UserError(
    `${failures.length} of ${formatCount(all, 'file')} could not be ${verb}. ${named.join(' ')}${more}${rest}`,
    { cause: first.cause, ...(isDenied && { next: signIn }) },
  );
}
