import type { TextRange } from './textRange';
import { cutBlocks, type TextBlock } from './yamlBlocks';
import { type ParsedYaml, parseTree } from './yamlParser';
import { checkReferences } from './yamlReferences';
import { shiftKept, shiftParsed } from './yamlShift';
import type { MappingNode, Pair, YamlDocument, YamlError } from './yamlTree';

const mostErrors = 100;
// What a YAML reader takes for text; all else it calls unacceptable.
const notAscii = /[^\t\n\r\x20-\x7e]/;
const unacceptable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

interface ParsedBlock extends TextBlock {
  readonly parsed: ParsedYaml;
}

/** What a document's blocks were parsed to: by where they began, and the first of each text. */
interface BlockCache {
  readonly byStart: Map<number, ParsedBlock>;
  readonly byText: Map<string, ParsedBlock>;
}

const emptyCache = (): BlockCache => ({ byStart: new Map(), byText: new Map() });

const caches = new WeakMap<YamlDocument, BlockCache>();

/**
 * Parses a text as PyYAML's safe_load reads it. With the document of before, only the top-level keys and entry points
 * that changed are parsed; the result is the same. Never throws.
 */
export function parseYaml(text: string, previous?: YamlDocument): YamlDocument {
  return parseKnown(text, previous && caches.get(previous));
}

/** As parseYaml; `rest` is waited for after each top-level key and entry point, so that a long text leaves others their turn. */
export async function parseLongYaml(text: string, rest: () => Promise<void>): Promise<YamlDocument> {
  const known = emptyCache();
  for (const block of cutBlocks(text) ?? []) {
    for (const part of [block, ...(block.entries ?? [])]) {
      parseBlock(part, undefined, known);
      await rest();
    }
  }
  return parseKnown(text, known);
}

function parseKnown(text: string, known: BlockCache | undefined): YamlDocument {
  const blocks = cutBlocks(text);
  const cache = emptyCache();
  const parsed = blocks && assembleBlocks(text, blocks, (block) => parseBlock(block, known, cache));
  const document = completeDocument(text, parsed && !isTornApart(parsed, text) ? parsed : parseTree(text));
  caches.set(document, cache);
  return document;
}

/** A quote or bracket that is open at a block's end goes on in the next: if it closes there, the blocks were cut wrongly. */
function isTornApart(parsed: ParsedYaml, text: string): boolean {
  return parsed.open && !parseTree(text).open;
}

function parseBlock(block: TextBlock, known: BlockCache | undefined, cache: BlockCache): ParsedYaml {
  const { start, text } = block;
  const inPlace = known?.byStart.get(start);
  const before = inPlace?.text === text ? inPlace : known?.byText.get(text);
  const parsed = before
    ? shiftKept(before.parsed, start - before.start)
    : shiftParsed(parseTree(text), start);
  const now = { start, text, parsed };
  cache.byStart.set(start, now);
  if (!cache.byText.has(text)) cache.byText.set(text, now);
  return parsed;
}

function assembleBlocks(
  text: string,
  blocks: readonly TextBlock[],
  parse: (block: TextBlock) => ParsedYaml,
): ParsedYaml | undefined {
  const pairs: Pair[] = [];
  const parts: ParsedYaml[] = [parseTree(text.slice(0, blocks[0]?.start ?? 0))];
  for (const block of blocks) {
    const header = parse(block);
    const entries = block.entries?.map(parse) ?? [];
    for (const part of [header, ...entries]) parts.push(part);
    const own = pairsOf(header);
    const nested = entries.map(pairsOf);
    if (!own || nested.includes(undefined)) return undefined;
    for (const pair of block.entries
      ? withEntries(
          own,
          nested.flatMap((found) => found ?? []),
        )
      : own)
      pairs.push(pair);
  }
  const root = mappingOf(pairs);
  return {
    ...(root ? { root } : {}),
    errors: parts.flatMap(({ errors }) => errors),
    comments: parts.flatMap(({ comments }) => comments),
    open: parts.some(({ open }) => open),
    refers: parts.some(({ refers }) => refers),
  };
}

function pairsOf({ root }: ParsedYaml): readonly Pair[] | undefined {
  return root?.kind === 'mapping' && !root.flow && !root.anchor && !root.tag ? root.pairs : undefined;
}

/** The pair of `entry_points:`, which was parsed without a value, given its entries. */
function withEntries(own: readonly Pair[], entries: readonly Pair[]): readonly Pair[] {
  const value = mappingOf(entries);
  const key = own[0]?.key;
  return key && value ? [{ key, value, range: { start: key.range.start, end: value.range.end } }] : own;
}

function mappingOf(pairs: readonly Pair[]): MappingNode | undefined {
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last) return undefined;
  return { kind: 'mapping', range: { start: first.range.start, end: last.range.end }, flow: false, pairs };
}

function completeDocument(text: string, { root, errors, comments, refers }: ParsedYaml): YamlDocument {
  const references =
    root && refers ? checkReferences(root) : { anchors: new Map<string, never>(), errors: [] };
  const all = [...unacceptableCharacters(text), ...errors, ...references.errors];
  all.sort((a, b) => a.range.start - b.range.start);
  const found = { text, errors: all.slice(0, mostErrors), anchors: references.anchors, comments };
  return root ? { ...found, root } : found;
}

function unacceptableCharacters(text: string): readonly YamlError[] {
  const found: YamlError[] = [];
  if (!notAscii.test(text)) return found;
  for (const match of text.matchAll(unacceptable)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const range: TextRange = { start: match.index, end: match.index + match[0].length };
    found.push({ range, message: `YAML takes no character U+${code}.` });
    if (found.length === mostErrors) break;
  }
  return found;
}
