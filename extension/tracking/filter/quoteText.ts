/**
 * A string literal of MLflow's search grammar, which has no escapes: in the quotes that the text does not hold itself.
 * Undefined if it holds both kinds.
 */
export function quoteText(text: string): string | undefined {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? undefined : `"${text}"`;
}
