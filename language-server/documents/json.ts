import type { TextRange } from './textRange';

/** JSON as Python's `json.loads` takes it, with ranges: offsets into the text that was parsed. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

interface JsonBase {
  readonly range: TextRange;
}

export interface JsonObject extends JsonBase {
  readonly kind: 'object';
  /** In order, repeated keys included: the last one counts. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly name: string;
  /** Quotes included. */
  readonly nameRange: TextRange;
  readonly value: JsonNode;
}

export interface JsonArray extends JsonBase {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

/** `number` is an int where Python makes one of it: no point, no exponent. NaN and ±Infinity are floats. */
export type JsonScalar = JsonBase &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly text: string; readonly isInteger: boolean }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
  );

/** A parsed text; never thrown away for a mistake: what stands before it is there. */
export interface JsonDocument {
  readonly text: string;
  readonly root?: JsonNode;
  /** The first thing that json.loads would reject, if any. */
  readonly error?: { readonly range: TextRange; readonly message: string };
}
