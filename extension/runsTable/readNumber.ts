const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const special = /^([+-]?)(?:(nan)|inf|infinity)$/i;

/** The number that a text is, as Python prints them (`1e-05`, `nan`, `-inf`); undefined if it is none. */
export function readNumber(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const trimmed = text.trim();
  if (decimal.test(trimmed)) return Number(trimmed);
  const [found, sign, nan] = special.exec(trimmed) ?? [];
  if (found === undefined) return undefined;
  if (nan !== undefined) return NaN;
  return sign === '-' ? -Infinity : Infinity;
}
