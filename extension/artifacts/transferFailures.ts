import { causeOf, isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import { formatCount } from '../ui/numbers';
import { UserError } from '../ui/userError';
import { DiskFullError } from '../ui/writeFailure';

/** A file that could not be transferred. */
export interface TransferFailure {
  readonly path: string;
  readonly cause: unknown;
}

/** Failures of a connection, which every further file would meet. */
const lasting: readonly TrackingErrorKind[] = [
  ...(['refused', 'dns', 'tls', 'unreachable', 'proxy', 'timeout'] as const),
  ...(['unauthorized', 'rateLimited', 'redirected', 'notMlflow'] as const),
];

/** Whether there is no use in going on with other files. */
export function endsTransfer(error: unknown): boolean {
  if (isCancellation(error) || error instanceof DiskFullError) return true;
  if (error instanceof TrackingError) return lasting.includes(error.kind);
  return !(error instanceof UserError);
}

/** One error for all of them; undefined for none. `verb` as in `could not be downloaded`. */
export function composeFailure(failures: readonly TransferFailure[], all: number, verb: string): unknown {
  const [first] = failures;
  if (!first || failures.length === 1) return first?.cause;
  const named = failures.slice(0, 3).map(({ path, cause }) => `${path}: ${causeOf(cause)}`);
  const more = failures.length > named.length ? ` And ${failures.length - named.length} more.` : '';
  return new UserError(
    `${failures.length} of ${formatCount(all, 'file')} could not be ${verb}. ${named.join(' ')}${more}`,
    {
      cause: first.cause,
    },
  );
}
