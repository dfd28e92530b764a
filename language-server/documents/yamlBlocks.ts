/** A piece of a text that can be parsed alone: a new key surely begins behind it if it is sound. */
export interface TextBlock {
  readonly start: number;
  readonly text: string;
  /** Set for `entry_points:` when its entries are cut too: they are blocks of their own behind this one's key. */
  readonly entries?: readonly TextBlock[];
}

/** More blocks than anyone writes cost more than they spare. */
const mostBlocks = 20_000;

const topKey = /^[A-Za-z_][\w-]*[ ]*:(?=[ \r\n]|$)/;
const entriesHeader =
  /^entry_points[ ]*:[ ]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)(?:[ ]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/;

/** Undefined where the text is better parsed as a whole: something else than keys at its root, several documents. */
export function cutBlocks(text: string): readonly TextBlock[] | undefined {
  const starts = keyStarts(text, 0, '');
  const first = starts[0];
  if (first === undefined || starts.length > mostBlocks || !isPrelude(text.slice(0, first))) return undefined;
  if (/(?:^|[\r\n])(?:---|\.\.\.)(?=\s|$)|(?:^|[\r\n])%/.test(text.slice(first))) return undefined;
  return starts.map((start, index) =>
    cutEntries({ start, text: text.slice(start, starts[index + 1] ?? text.length) }),
  );
}

/** Comments, blank lines and at most one `---`. */
function isPrelude(text: string): boolean {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const written = lines.filter((line) => !/^ *(?:#.*)?$/.test(line));
  return written.length === 0 || (written.length === 1 && /^--- *(?:#.*)?$/.test(written[0] ?? ''));
}

function cutEntries(block: TextBlock): TextBlock {
  const header = entriesHeader.exec(block.text)?.[0];
  const indent = header && /^[ ]+/.exec(block.text.slice(header.length, header.length + 100))?.[0];
  if (!header || !indent) return block;
  const starts = keyStarts(block.text, header.length, indent);
  if (starts[0] !== header.length || starts.length > mostBlocks) return block;
  // A line further out, such as a key with a space in it, ends the entries: then they are not cut.
  const isIndented = !new RegExp(`[\\r\\n](?!${indent}| *(?:[\\r\\n#]|$))`).test(
    block.text.slice(header.length),
  );
  if (!isIndented) return block;
  const { start, text } = block;
  const entries = starts.map((at, index) => ({
    start: start + at,
    text: text.slice(at, starts[index + 1] ?? text.length),
  }));
  return { start, text: text.slice(0, header.length), entries };
}

/** Where lines begin, from an offset on, that have exactly this indentation and then a key. */
function keyStarts(text: string, from: number, indent: string): readonly number[] {
  const starts: number[] = [];
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    if (indent !== '' && !text.startsWith(indent, at)) continue;
    const code = text.charCodeAt(at + indent.length);
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
    // A key is looked for only in the line's first kilobyte, which is as long as YAML lets a key be.
    if (isLetter && topKey.test(text.slice(at + indent.length, at + indent.length + 1026))) starts.push(at);
  }
  return starts;
}

function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) return at + 1;
  }
  return text.length;
}
