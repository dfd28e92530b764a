import type { TextRange } from './textRange';

/** What a scalar means to Python: the value that PyYAML's safe_load makes of it. */
export type PythonValue =
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  /** date and datetime: `text` is Python's str() of it */
  | { readonly type: 'date' | 'datetime'; readonly text: string }
  /** `!!binary`: Python's bytes */
  | { readonly type: 'bytes'; readonly text: string };

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** `&name` or `!tag` as written, sigil included. */
export interface Property {
  readonly text: string;
  readonly range: TextRange;
}

interface NodeBase {
  /** Hugs the value: no anchor, tag, white space or comment; quotes and a block scalar's header are inside. */
  readonly range: TextRange;
  readonly anchor?: Property;
  readonly tag?: Property;
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly flow: boolean;
  /** All pairs in their order, duplicates and `<<` included. */
  readonly pairs: readonly Pair[];
}

export interface Pair {
  readonly key: YamlNode;
  /** A null node of no width right behind the colon if nothing is written. */
  readonly value: YamlNode;
  /** From the key's start to the value's end, or to the colon's. */
  readonly range: TextRange;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** The decoded text: escapes, folds and indentation resolved, before any type is seen in it. */
  readonly text: string;
  /** The same object even where the scalar has moved. */
  readonly value: PythonValue;
  /** How `text` lies in the document; only sourceRange and decodedOffset read it. Relative to `range.start`; empty where it lies there as it is. */
  readonly pieces: readonly number[];
}

/** `~`, `null`, or nothing at all (then of no width). */
export interface NullNode extends NodeBase {
  readonly kind: 'null';
}

/** `*name`. Never expanded in the tree; followAlias looks it up. */
export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  /** Without the asterisk. */
  readonly name: string;
}

export type ValueNode = MappingNode | SequenceNode | ScalarNode | NullNode;
export type YamlNode = ValueNode | AliasNode;

export interface YamlError {
  readonly range: TextRange;
  readonly message: string;
}

/** A parsed text. Immutable; nodes of blocks that an edit neither changed nor moved are the same objects as before. */
export interface YamlDocument {
  readonly text: string;
  /** Absent if the text holds nothing but white space and comments. */
  readonly root?: YamlNode;
  /** Whatever safe_load rejects, in the order of the text; at most a hundred. */
  readonly errors: readonly YamlError[];
  /** By name, without the ampersand. Where a name is anchored twice, which is an error, the first. */
  readonly anchors: ReadonlyMap<string, ValueNode>;
  /** Each comment, from its `#` to the end of its line. */
  readonly comments: readonly TextRange[];
}

/** A pair of a mapping as Python sees it: under which name, and whether it wins. */
export interface Field {
  /** str() of the key, as MLflow compares and prints it: a bare `on` is "True". */
  readonly name: string;
  readonly key: YamlNode;
  /** As written, perhaps an alias. */
  readonly written: YamlNode;
  /** With the alias followed; a null node of no width if it leads nowhere. */
  readonly value: ValueNode;
  readonly range: TextRange;
  /** Another pair of the same key comes later (or, if merged, is the mapping's own), so this one is silently lost. */
  readonly overridden: boolean;
  /** Came in by `<<`: its nodes lie at the anchor, perhaps elsewhere in the document. */
  readonly merged: boolean;
}
