/** What the longest text may be that crosses to a view; MLflow's own limit is 8,000 for tags, 6,000 for parameters. */
const longestText = 100_000;

export function boundText(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
