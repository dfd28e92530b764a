import type { TextRange } from './textRange';
import type {
  Field,
  MappingNode,
  Pair,
  PythonValue,
  ScalarNode,
  ValueNode,
  YamlDocument,
  YamlNode,
} from './yamlTree';

/** More merged pairs than this are not looked at: no project has them, an alias bomb does. */
const mostMerged = 10_000;
const longestString = 10_000;
const longestNumber = 10n ** 4300n;

/** All that reading a node needs of its document; whoever reads later holds no more of it. */
export type Anchored = Pick<YamlDocument, 'anchors'>;

/** The node itself, or what its alias stands for; undefined if the alias leads nowhere. */
export function followAlias(yaml: Anchored, node: YamlNode): ValueNode | undefined {
  return node.kind === 'alias' ? yaml.anchors.get(node.name) : node;
}

/** A plain `<<`, which merges another mapping in. */
export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.style === 'plain' && key.text === '<<' && key.tag === undefined;
}

/** A mapping's pairs as Python sees them, merged ones (`<<`) behind its own; none of any other node. Bounded. */
export function fieldsOf(yaml: Anchored, node: ValueNode | undefined): readonly Field[] {
  if (node?.kind !== 'mapping') return [];
  const own = node.pairs.filter(({ key }) => !isMergeKey(key));
  const merged = own.length === node.pairs.length ? [] : mergedPairs(yaml, node);
  const seen = new Set<string>();
  // Backwards, so that the last of a name is met first.
  const lastFirst = own.toReversed().map((pair) => fieldOf(yaml, pair, false, seen));
  return [...lastFirst.toReversed(), ...merged.map((pair) => fieldOf(yaml, pair, true, seen))];
}

function fieldOf(yaml: Anchored, { key, value, range }: Pair, merged: boolean, seen: Set<string>): Field {
  const name = keyName(yaml, key);
  const identity = `${keyType(yaml, key)} ${name}`;
  const overridden = seen.has(identity);
  seen.add(identity);
  return {
    name,
    key,
    written: value,
    value: followAlias(yaml, value) ?? { kind: 'null', range: emptyAt(value) },
    range,
    overridden,
    merged,
  };
}

/** A list or mapping can be no key, and printing nested ones would take for ever. */
function keyName(yaml: Anchored, key: YamlNode): string {
  const node = followAlias(yaml, key);
  return node?.kind === 'mapping' || node?.kind === 'sequence' ? '…' : pythonString(yaml, key);
}

function emptyAt({ range: { end } }: YamlNode): TextRange {
  return { start: end, end };
}

/** Keys of one name but of other types are other keys: `1` and `"1"`. */
function keyType(yaml: Anchored, key: YamlNode): string {
  const node = followAlias(yaml, key);
  return node?.kind === 'scalar' ? node.value.type : (node?.kind ?? 'null');
}

/** What `<<` brings in, the strongest first. */
function mergedPairs(yaml: Anchored, mapping: MappingNode): readonly Pair[] {
  const found: Pair[] = [];
  const visit = (node: MappingNode, path: readonly MappingNode[], isOutermost: boolean) => {
    if (path.includes(node) || path.length > 50) return;
    if (!isOutermost)
      for (const pair of node.pairs.toReversed())
        if (!isMergeKey(pair.key) && found.length < mostMerged) found.push(pair);
    for (const { key, value } of node.pairs.toReversed()) {
      if (!isMergeKey(key)) continue;
      for (const target of mergeTargets(yaml, value))
        if (found.length < mostMerged) visit(target, [...path, node], false);
    }
  };
  visit(mapping, [], true);
  return found;
}

function mergeTargets(yaml: Anchored, value: YamlNode): readonly MappingNode[] {
  const node = followAlias(yaml, value);
  const targets = node?.kind === 'sequence' ? node.items.map((item) => followAlias(yaml, item)) : [node];
  return targets.filter((target) => target?.kind === 'mapping');
}

/** The field of this name that Python sees. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((field) => field.name === name && !field.overridden && isString(field.key));
}

function isString(key: YamlNode): boolean {
  return key.kind === 'alias' || (key.kind === 'scalar' && key.value.type === 'str');
}

/** Where a stretch of a scalar's decoded text lies in the document. */
export function sourceRange(node: ScalarNode, decoded: TextRange): TextRange {
  const start = sourceOffset(node, decoded.start);
  if (decoded.end <= decoded.start) return { start, end: start };
  const [at, from, to] = pieceAt(node, decoded.end - 1);
  const length = pieceLength(node, decoded.end - 1);
  const end = node.range.start + (to - from === length ? from + decoded.end - at : to);
  return { start, end };
}

function sourceOffset(node: ScalarNode, offset: number): number {
  const [at, from, to] = pieceAt(node, offset);
  return node.range.start + Math.min(from + Math.max(0, offset - at), to);
}

/** Where in a scalar's decoded text an offset of the document lies; undefined outside of the scalar. */
export function decodedOffset(node: ScalarNode, offset: number): number | undefined {
  if (offset < node.range.start || offset > node.range.end) return undefined;
  const { pieces } = node;
  const relative = offset - node.range.start;
  let best = 0;
  // Without pieces the text is as it is written.
  if (pieces.length === 0) return Math.min(relative, node.text.length);
  for (let i = 0; i < pieces.length; i += 3) {
    const [at = 0, from = 0, to = 0] = [pieces[i], pieces[i + 1], pieces[i + 2]];
    if (relative < from) break;
    const end = pieces[i + 3] ?? node.text.length;
    best = Math.min(at + relative - from, end);
    if (relative < to) break;
  }
  return best;
}

/** The piece that an offset of the decoded text lies in: the last one that begins at or before it. Without pieces, all of it. */
function pieceAt(
  { pieces, range, text }: ScalarNode,
  offset: number,
): readonly [at: number, from: number, to: number] {
  const index = pieceIndex(pieces, offset);
  const width = range.end - range.start;
  // An empty text has no place between its quotes that is better than behind them.
  const from = text === '' ? width : 0;
  return [pieces[index] ?? 0, pieces[index + 1] ?? from, pieces[index + 2] ?? width];
}

function pieceLength({ pieces, text }: ScalarNode, offset: number): number {
  const index = pieceIndex(pieces, offset);
  return (pieces[index + 3] ?? text.length) - (pieces[index] ?? 0);
}

function pieceIndex(pieces: readonly number[], offset: number): number {
  let [low, high] = [0, pieces.length / 3];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle * 3] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low * 3;
}

/** Python's str() of a value, as MLflow substitutes it: `True`, `[1, 2]`, `{'b': 1}`. Cut at 10,000 characters. */
export function pythonString(yaml: Anchored, node: YamlNode): string {
  const target = followAlias(yaml, node);
  if (target?.kind === 'scalar') return scalarString(target.value);
  return new PythonPrinter(yaml).print(node, 0).slice(0, longestString);
}

function scalarString(value: PythonValue): string {
  switch (value.type) {
    case 'str':
      return value.value;
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      // Python refuses to print longer numbers.
      return value.value > -longestNumber && value.value < longestNumber ? value.value.toString() : '…';
    case 'float':
      return floatString(value.value);
    case 'date':
    case 'datetime':
      return value.text;
    case 'bytes':
      return `b'${value.text}'`;
  }
}

/** Python's repr of a float: JavaScript's digits, but an exponent from 1e16 on and below 1e-4. */
function floatString(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Prints lists and mappings; stops when it has printed enough, as aliases can make anything endless. */
class PythonPrinter {
  private budget = longestString;

  constructor(private readonly yaml: Anchored) {}

  print(node: YamlNode, depth: number): string {
    const target = followAlias(this.yaml, node);
    if (!target || target.kind === 'null') return 'None';
    if (depth > 50 || this.budget <= 0) return '…';
    if (target.kind === 'sequence')
      return `[${this.printAll(target.items, (item) => this.print(item, depth + 1))}]`;
    if (target.kind === 'mapping') {
      const fields = fieldsOf(this.yaml, target).filter(({ overridden }) => !overridden);
      return `{${this.printAll(fields, ({ key, value }) => `${this.print(key, depth + 1)}: ${this.print(value, depth + 1)}`)}}`;
    }
    const text =
      target.value.type === 'str'
        ? quoted(target.value.value.slice(0, longestString))
        : scalarString(target.value);
    this.budget -= text.length;
    return text;
  }

  private printAll<Item>(items: readonly Item[], print: (item: Item) => string): string {
    const printed: string[] = [];
    for (const item of items) {
      if ((this.budget -= 2) <= 0) break;
      printed.push(print(item));
    }
    return printed.join(', ');
  }
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}
