import type { TextRange } from './textRange';
import { collectionFault, expandTag, resolveScalar } from './yamlResolve';
import { scanYaml, type Token, type TokenType } from './yamlScanner';
import type { Pair, Property, PythonValue, ScalarNode, ValueNode, YamlError, YamlNode } from './yamlTree';

export interface ParsedYaml {
  readonly root?: YamlNode;
  readonly errors: readonly YamlError[];
  readonly comments: readonly TextRange[];
  /** A quote or bracket never closes: what follows the text would belong to it. */
  readonly open: boolean;
  /** There are anchors, aliases, merge keys or keys that are collections: what only the whole document can check. */
  readonly refers: boolean;
}

interface Properties {
  readonly anchor?: Property;
  readonly tag?: Property;
  readonly fullTag?: string;
}

/** PyYAML runs into Python's limit of recursion at about this depth. */
export const deepestNesting = 320;

/** Parses one document's text. The tree holds whatever could be read. */
export function parseTree(text: string): ParsedYaml {
  return new Parser(text).parse();
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly comments: readonly TextRange[];
  private readonly errors: YamlError[];
  private readonly open: boolean;
  private readonly handles = new Map<string, string>();
  private next = 0;
  private depth = 0;
  /** The first fault of the grammar is told, those behind it are its consequences. */
  private quiet: boolean;
  private tooDeep = false;
  private refers = false;

  constructor(private readonly text: string) {
    const { tokens, errors, comments, open } = scanYaml(text);
    this.tokens = tokens;
    this.comments = comments;
    this.errors = [...errors];
    this.quiet = errors.length > 0;
    this.open = open;
  }

  parse(): ParsedYaml {
    this.directives();
    const isEmpty = this.at('end', 'document start', 'document end', 'directive') && !this.takeStart();
    const bare = isEmpty || this.at('end', 'document start', 'document end', 'directive');
    const root = bare ? undefined : this.node(true, false);
    while (this.at('document end')) this.next++;
    if (this.at('document start'))
      this.fault(this.peek().range, 'MLflow reads no file of more than one document.');
    else if (!this.at('end')) this.fault(this.shown(), 'This does not belong to what stands above it.');
    this.errors.sort((a, b) => a.range.start - b.range.start);
    const { errors, comments, open, refers } = this;
    return { ...(root ? { root } : {}), errors, comments, open, refers };
  }

  private takeStart(): boolean {
    if (!this.at('document start')) return false;
    this.next++;
    return true;
  }

  private directives(): void {
    while (this.at('directive')) {
      const { range } = this.peek();
      const [, name, first = '', second = ''] =
        /^%(\S+)\s*(\S*)\s*(\S*)/.exec(this.text.slice(range.start, range.end)) ?? [];
      if (name === 'TAG') this.handles.set(first, second);
      if (name === 'YAML' && !first.startsWith('1.')) this.fault(range, 'MLflow reads YAML 1.1.');
      this.next++;
      if (this.at('end')) this.fault(range, 'A directive needs a --- behind it.');
    }
  }

  /** A node, or an empty one if nothing that can be one stands here. Takes a token unless it is a closing one. */
  private node(inBlock: boolean, allowIndentless: boolean): YamlNode {
    if (this.depth >= deepestNesting) return this.skipDeep();
    this.depth++;
    try {
      return this.at('alias') ? this.alias() : this.valueNode(inBlock, allowIndentless);
    } finally {
      this.depth--;
    }
  }

  private alias(): YamlNode {
    const { range } = this.take();
    this.refers = true;
    return { kind: 'alias', range, name: this.text.slice(range.start + 1, range.end) };
  }

  private valueNode(inBlock: boolean, allowIndentless: boolean): ValueNode {
    const { fullTag, ...written } = this.properties();
    if (this.at('scalar')) return this.scalar(this.take(), written, fullTag);
    const collection = this.collection(written, inBlock, allowIndentless);
    if (collection) return this.tagged(collection, fullTag);
    const hasProperties = written.anchor !== undefined || written.tag !== undefined;
    if (!hasProperties) this.fault(this.shown(), 'A value is missing here.');
    return this.empty(written, fullTag);
  }

  private collection(written: Properties, inBlock: boolean, allowIndentless: boolean): ValueNode | undefined {
    if (this.at('[')) return this.flowSequence(written);
    if (this.at('{')) return this.flowMapping(written);
    if (allowIndentless && this.at('-')) return this.blockSequence(written, false);
    if (inBlock && this.at('block sequence')) return this.blockSequence(written, true);
    return inBlock && this.at('block mapping') ? this.blockMapping(written) : undefined;
  }

  private properties(): Properties {
    if (!this.at('anchor', 'tag')) return {};
    let anchor: Property | undefined;
    let tag: Property | undefined;
    for (;;) {
      if (this.at('anchor') && !anchor) anchor = this.property();
      else if (this.at('tag') && !tag) tag = this.property();
      else break;
    }
    if (anchor) this.refers = true;
    const fullTag = tag && expandTag(tag.text, this.handles);
    if (tag && fullTag === undefined)
      this.fault(tag.range, 'This tag begins with a handle that no %TAG line declares.');
    return {
      ...(anchor ? { anchor } : {}),
      ...(tag ? { tag } : {}),
      ...(fullTag !== undefined ? { fullTag } : {}),
    };
  }

  private property(): Property {
    const { range } = this.take();
    return { text: this.text.slice(range.start, range.end), range };
  }

  private scalar({ range, scalar }: Token, written: Properties, tag: string | undefined): ValueNode {
    const { style = 'plain', text = '', pieces = [] } = scalar ?? {};
    const resolved = resolveScalar(text, style === 'plain', tag);
    const valued = (value: PythonValue): ScalarNode => ({
      kind: 'scalar',
      range,
      ...written,
      style,
      // Words that are known share their text.
      text: value.type === 'str' ? value.value : text,
      pieces,
      value,
    });
    switch (resolved.kind) {
      case 'null':
        return { kind: 'null', range, ...written };
      case 'value':
        return valued(resolved.value);
      case 'keySign':
        // Only as a key is this no error, which the check of references knows.
        this.refers = true;
        return valued({ type: 'str', value: text });
      case 'error':
        this.errors.push({ range, message: resolved.message });
        return valued({ type: 'str', value: text });
    }
  }

  private empty(written: Properties, tag: string | undefined): ValueNode {
    const end = this.tokens[this.next - 1]?.range.end ?? 0;
    const range = { start: end, end };
    const scalar = { style: 'plain', text: '', pieces: [], range, errors: [], open: false } as const;
    return this.scalar({ type: 'scalar', range, scalar }, written, tag);
  }

  private tagged(node: ValueNode, tag: string | undefined): ValueNode {
    const message =
      tag && (node.kind === 'mapping' || node.kind === 'sequence')
        ? collectionFault(node.kind, tag)
        : undefined;
    if (message) this.errors.push({ range: node.tag?.range ?? node.range, message });
    return node;
  }

  private blockSequence(written: Properties, ownsEnd: boolean): ValueNode {
    if (ownsEnd) this.next++;
    const items: YamlNode[] = [];
    let range = this.peek().range;
    for (;;) {
      if (this.at('-')) {
        const dash = this.take().range;
        const isEmpty = this.at('-', 'block end', 'end') || (!ownsEnd && this.at('?', ':'));
        const item = isEmpty ? this.empty({}, undefined) : this.node(true, false);
        items.push(item);
        range = { start: range.start, end: Math.max(item.range.end, dash.end) };
      } else if (!ownsEnd || this.at('block end', 'end') || this.atDocumentEnd()) break;
      else this.skipStray();
    }
    if (ownsEnd && this.at('block end')) this.next++;
    return { kind: 'sequence', range, ...written, flow: false, items: items.slice() };
  }

  private blockMapping(written: Properties): ValueNode {
    const { start } = this.take().range;
    const pairs: Pair[] = [];
    for (;;) {
      if (this.at('?', ':')) pairs.push(this.blockPair());
      else if (this.at('block end', 'end') || this.atDocumentEnd()) break;
      else if (this.at('block mapping')) {
        // Wrongly indented keys still count as this mapping's.
        this.fault(this.shown(), 'This key is indented otherwise than those above it.');
        const stray = this.node(true, false);
        if (stray.kind === 'mapping') for (const pair of stray.pairs) pairs.push(pair);
      } else this.skipStray();
    }
    const end = pairs.at(-1)?.range.end ?? start;
    if (this.at('block end')) this.next++;
    return { kind: 'mapping', range: { start, end }, ...written, flow: false, pairs: pairs.slice() };
  }

  private blockPair(): Pair {
    const keyless = this.at(':');
    const { start } = this.peek().range;
    if (keyless) this.fault(this.peek().range, 'A key is missing here.');
    else this.next++;
    const key =
      keyless || this.at('?', ':', 'block end', 'end') ? this.empty({}, undefined) : this.node(true, true);
    return this.pairOf(start, key, () => this.at('?', ':', 'block end', 'end'), true);
  }

  private pairOf(start: number, key: YamlNode, ends: () => boolean, inBlock: boolean): Pair {
    let colonEnd = start;
    let value: YamlNode;
    if (this.at(':')) {
      colonEnd = this.take().range.end;
      value = ends() ? this.empty({}, undefined) : this.node(inBlock, inBlock);
    } else value = this.empty({}, undefined);
    if (key.kind === 'mapping' || key.kind === 'sequence')
      this.errors.push({ range: key.range, message: 'A key must be a single value.' });
    const range = {
      start: Math.min(start, key.range.start),
      end: Math.max(value.range.end, colonEnd, key.range.end),
    };
    return { key, value, range };
  }

  private flowSequence(written: Properties): ValueNode {
    const { start } = this.take().range;
    const items: YamlNode[] = [];
    while (this.continuesFlow(items.length === 0, ']')) {
      items.push(this.at('?') ? this.flowPairItem() : this.node(false, false));
    }
    const range = { start, end: this.closeFlow(']') };
    return { kind: 'sequence', range, ...written, flow: true, items: items.slice() };
  }

  private flowPairItem(): YamlNode {
    const pair = this.flowPair(']');
    return { kind: 'mapping', range: pair.range, flow: true, pairs: [pair] };
  }

  private flowMapping(written: Properties): ValueNode {
    const { start } = this.take().range;
    const pairs: Pair[] = [];
    while (this.continuesFlow(pairs.length === 0, '}')) {
      if (this.at('?')) pairs.push(this.flowPair('}'));
      else {
        const key = this.node(false, false);
        if (key.kind === 'mapping' || key.kind === 'sequence')
          this.errors.push({ range: key.range, message: 'A key must be a single value.' });
        pairs.push({ key, value: this.empty({}, undefined), range: key.range });
      }
    }
    const range = { start, end: this.closeFlow('}') };
    return { kind: 'mapping', range, ...written, flow: true, pairs: pairs.slice() };
  }

  private flowPair(close: ']' | '}'): Pair {
    const { start } = this.take().range;
    const key = this.at(':', ',', close) ? this.empty({}, undefined) : this.node(false, false);
    return this.pairOf(start, key, () => this.at(',', close), false);
  }

  /** Stands before an item when it gives true; commas are taken. */
  private continuesFlow(isFirst: boolean, close: ']' | '}'): boolean {
    if (!isFirst && !this.at(close)) {
      if (this.at(',')) this.next++;
      else this.fault(this.shown(), `A comma or ${close} is missing here.`);
    }
    // What can be no item: told once, then left out.
    while (!this.startsFlowNode() && !this.at(close, 'end', '?') && !this.leavesFlow()) {
      this.fault(this.shown(), `This cannot stand between brackets.`);
      this.next++;
    }
    return this.startsFlowNode() || this.at('?');
  }

  private startsFlowNode(): boolean {
    return this.at('scalar', 'alias', 'anchor', 'tag', '[', '{');
  }

  private leavesFlow(): boolean {
    return this.at(']', '}', 'block end') || this.atDocumentEnd();
  }

  private closeFlow(close: ']' | '}'): number {
    if (this.at(close)) return this.take().range.end;
    this.fault(this.shown(), `${close} is missing here.`);
    if (this.at(']', '}')) this.next++;
    return this.tokens[this.next - 1]?.range.end ?? 0;
  }

  private skipDeep(): YamlNode {
    if (!this.tooDeep)
      this.errors.push({ range: this.shown(), message: 'This is nested deeper than MLflow can read.' });
    this.tooDeep = this.quiet = true;
    let level = 0;
    do {
      if (this.at('[', '{', 'block mapping', 'block sequence')) level++;
      else if (this.at(']', '}', 'block end')) level--;
      if (level < 0 || this.at('end')) break;
      this.next++;
    } while (level > 0 || this.at('anchor', 'tag'));
    return this.empty({}, undefined);
  }

  private skipStray(): void {
    this.fault(this.shown(), 'This does not belong here.');
    const before = this.next;
    this.node(true, false);
    if (this.next === before) this.next++;
  }

  private atDocumentEnd(): boolean {
    return this.at('document start', 'document end', 'directive');
  }

  private at(...types: readonly TokenType[]): boolean {
    return types.includes(this.peek().type);
  }

  private peek(): Token {
    return (
      this.tokens[this.next] ?? { type: 'end', range: { start: this.text.length, end: this.text.length } }
    );
  }

  private take(): Token {
    const token = this.peek();
    this.next++;
    return token;
  }

  /** The next token that has a width, to show a fault at. */
  private shown(): TextRange {
    const here = this.tokens.slice(this.next, this.next + 3).find(({ range }) => range.end > range.start);
    return here?.range ?? this.peek().range;
  }

  private fault(range: TextRange, message: string): void {
    if (!this.quiet) this.errors.push({ range, message });
    this.quiet = true;
  }
}
