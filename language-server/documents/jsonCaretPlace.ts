import { scanFlow } from './flowScan';
import { findMember, type JsonDocument, type JsonNode } from './json';
import { type TextRange, touches } from './textRange';

/** Where in a JSON text a caret stands; it holds in texts that are half typed. */
export interface JsonCaretPlace {
  /** From the root to the object of the key, or to the value, that the caret is in; `-` is a list's item. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** The key, or the value, around the caret; quotes are inside. */
  readonly range: TextRange;
  readonly hasColon: boolean;
  /** The other keys of the object around the caret. */
  readonly siblings: readonly string[];
  /** What the innermost object around the caret says of its `type`, as far as it can be read. */
  readonly type: string | undefined;
}

/** Undefined outside of the outermost list or object, but for a text that has none yet. */
export function findJsonCaretPlace({ text, root }: JsonDocument, offset: number): JsonCaretPlace | undefined {
  const start = text.search(/\S/);
  if (start < 0) return { path: [], at: 'value', range: { start: offset, end: offset }, ...nothing };
  const flow = scanFlow(text, start, offset);
  const frame = flow?.frames.at(-1);
  if (!flow || !frame) return undefined;
  const isKey = frame.kind === 'mapping' && frame.key === undefined;
  const steps = flow.frames.map(({ kind, key }) => (kind === 'sequence' ? '-' : (key ?? '')));
  return {
    path: isKey ? steps.slice(0, -1) : steps,
    at: isKey ? 'key' : 'value',
    range: withQuotes(text, flow.range),
    hasColon: flow.hasColon,
    siblings: flow.siblings,
    type: typeAround(root, offset),
  };
}

const nothing = { hasColon: false, siblings: [], type: undefined };

/** A string may hold what ends other values. */
function withQuotes(text: string, { start, end }: TextRange): TextRange {
  const string = /^"(?:\\.|[^"\\\r\n])*"/.exec(text.slice(start, start + 1_000))?.[0];
  return { start, end: Math.max(end, start + (string?.length ?? 0)) };
}

function typeAround(node: JsonNode | undefined, offset: number): string | undefined {
  const inside =
    node?.kind === 'array'
      ? node.items
      : node?.kind === 'object'
        ? node.members.map(({ value }) => value)
        : [];
  const inner = inside.find(
    ({ kind, range }) =>
      (kind === 'array' || kind === 'object') && range.start < offset && touches(range, offset),
  );
  if (inner) return typeAround(inner, offset);
  const type = findMember(node, 'type')?.value;
  return type?.kind === 'string' ? type.value : undefined;
}
