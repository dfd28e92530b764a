import type { TextRange } from '../../documents/textRange';
import { touches } from '../../documents/textRange';
import type { OpenDocument } from '../openDocument';
import type { Fault } from './fault';

/**
 * Adds what YAML itself finds wrong. On those lines nothing else is told, since what was read there is a guess, and nothing is
 * called missing where it may be what could not be read.
 */
export function withSyntaxFaults(
  { model, lines, text }: OpenDocument,
  faults: readonly Fault[],
): readonly Fault[] {
  const { errors } = model.yaml;
  if (errors.length === 0) return faults;
  const broken = new Set(errors.map(({ range }) => lines.lineAt(range.start)));
  const isGuess = (fault: Fault) => broken.has(lines.lineAt(fault.range.start)) || isHalfTyped(text, fault);
  const isMissing = ({ missingIn }: Fault) =>
    missingIn !== undefined && errors.some(({ range }) => meets(missingIn, range));
  return [
    ...errors.map(({ range, message }): Fault => ({ code: 'yaml.syntax', range, message })),
    ...faults.filter((fault) => !isGuess(fault) && !isMissing(fault)),
  ];
}

/** A key without its colon, at which YAML stumbles only on the next line. */
function isHalfTyped(text: string, { code, range }: Fault): boolean {
  return code.endsWith('unknown-key') && /^[ \t]*[\r\n]/.test(text.slice(range.end, range.end + 100));
}

function meets(outer: TextRange, inner: TextRange): boolean {
  return touches(outer, inner.start);
}
