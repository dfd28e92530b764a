/**
 * A server's word made safe to show. Names, keys and values come from strangers: they may hold control characters, marks
 * that reorder what follows, or a megabyte.
 */

/** How much of a name a row shows. */
const longestLabel = 200;

/** How much of a value a tooltip shows. */
const longestTooltip = 2000;

/** The text on one line, with nothing in it that hides or reorders, at most `limit` characters. */
export function plainText(text: string, limit = longestLabel): string {
  const clean = cleanLine(cut(text, limit).replace(/\r\n?|[\n\u2028\u2029]/g, '⏎')).trim();
  return rightToLeft.test(clean) ? clean + leftToRightMark : clean;
}

/** The text with its lines, otherwise as `plainText`. */
export function plainLines(text: string, limit = longestTooltip): string {
  const lines = cut(text, limit).split(/\r\n?|[\n\u2028\u2029]/);
  return lines.map(cleanLine).join('\n').trim();
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Keeps letters that run from right to left from drawing the numbers that follow into their order. */
const leftToRightMark = '\u200e';

/** Joins what is there: `a · b`. */
export function joinFacts(facts: readonly (string | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined && fact !== '').join(' · ');
}

/** A text for a place where VS Code draws `$(name)` as an icon: quick picks, the status bar. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\((?=[\w-]+(?:~[\w-]+)?\))/g, '\\$(');
}

/** A text for a message or a prompt, where VS Code makes links of `[text](address)`, and of a `command:` what a click runs. */
export function withoutLinks(text: string): string {
  return text.replace(/\](?=\()/g, '] ');
}

/**
 * Markdown that shows just this text, line for line. `MarkdownString.appendText` leaves bare addresses, which become links, and
 * character references, which bring back what `plainText` took away.
 */
export function toMarkdown(text: string): string {
  return text
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/^[ \t]|[ \t](?=[ \t])/gm, '&nbsp;')
    .replace(/\n/g, '\n\n');
}

/** Cuts at whole characters, well before the costly steps see a megabyte. */
function cut(text: string, limit: number): string {
  const characters = Array.from(wellFormed(text.slice(0, 2 * (limit + 1))));
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Halves of characters become the mark for what cannot be read. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

function cleanLine(line: string): string {
  return line
    .replace(/\p{Cc}/gu, showControl)
    .replace(invisible, '')
    .replace(/\u00a0/g, ' ')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

/** A control character as its picture: `␛`. */
function showControl(control: string): string {
  const code = control.charCodeAt(0);
  if (control === '\t') return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/**
 * Formatting characters (bidirectional marks and overrides, zero width, tags, soft hyphens), but for the joiners that
 * hold an emoji or a word together.
 */
const invisible =
  /(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!\p{L})\u200c|\u200c(?!\p{L})|(?![\u200c\u200d])\p{Cf}|[\u115f\u1160\u3164\uffa0\u2800]/gu;
