import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { UserError } from './userError';

/** The disk that is written to has no room left: what comes next would fail too. */
export class DiskFullError extends UserError {}

/** What an error of the system means that came of writing to a path; others, which have been explained, as they are. */
export function explainFailure(path: string, cause: unknown): unknown {
  const { code } = cause as { readonly code?: unknown };
  if (cause instanceof TrackingError || cause instanceof UserError || isCancellation(cause)) return cause;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DiskFullError(`The disk is full: ${path} was not written.`, { cause });
    case 'EFBIG':
      return new UserError(`${path} was not written: no file may be that large here.`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError(`${path} may not be written: you lack the permission.`, { cause });
    case 'EISDIR':
      return new UserError(`${path} is a folder, which no file takes the place of.`, { cause });
    case 'ELOOP':
      return new UserError(`${path} was not written: a link lies in its way.`, { cause });
    default:
      return typeof code === 'string'
        ? new UserError(`${path} could not be written: ${causeOf(cause)}.`, { cause })
        : cause;
  }
}
