/** Text of strangers in Markdown: shown as it is, on one line, and cut where nobody reads on. */
export function escapeMarkdown(text: string, longest = 500): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return cut.replace(/[\\`*_{}[\]()#+\-.!<>|~&:@]/g, '\\$&');
}

/** Text of strangers as code in a line. */
export function codeSpan(text: string, longest = 200): string {
  const line = text.replace(/\s+/g, ' ');
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  const fence = fenceFor(cut, '`');
  const space = /^[` ]|[` ]$|^$/.test(cut) ? ' ' : '';
  return `${fence}${space}${cut}${space}${fence}`;
}

/** Text of strangers as a block of code, on lines of its own. */
export function codeBlock(language: string, text: string, longest = 4_000): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const fence = fenceFor(cut, '```');
  return `${fence}${language}\n${cut.trimEnd()}\n${fence}`;
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string, shortest: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(shortest.length, longest + 1));
}
