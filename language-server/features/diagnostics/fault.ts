import type { TextRange } from '../../documents/textRange';
import type { DiagnosticCode } from '../../knowledge/diagnosticCodes';
import type { QuickFix } from './quickFix';

/** A diagnostic before it is put into lines: offsets into the document. */
export interface Fault {
  readonly code: DiagnosticCode;
  readonly range: TextRange;
  readonly message: string;
  readonly fix?: QuickFix;
  /** Other places that belong to it. */
  readonly related?: readonly RelatedPlace[];
  /** Something is missing in here: where the YAML itself is broken inside, that is not told as well. */
  readonly missingIn?: TextRange;
}

export interface RelatedPlace {
  readonly range: TextRange;
  readonly message: string;
}

/** The fault as it would be if its text stood `by` characters further on. */
export function shiftFault(fault: Fault, by: number): Fault {
  if (by === 0) return fault;
  const { related, missingIn } = fault;
  return {
    ...fault,
    range: shift(fault.range, by),
    ...(related && { related: related.map((place) => ({ ...place, range: shift(place.range, by) })) }),
    ...(missingIn && { missingIn: shift(missingIn, by) }),
  };
}

function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
