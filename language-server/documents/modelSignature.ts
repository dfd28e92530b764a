import type { JsonNode } from './json';

/** What a model takes or gives, as its MLmodel says it (reference/MLMODEL.md §2). */
export interface Schema {
  readonly specs: readonly FieldSpec[];
}

/** A column, tensor or parameter. */
export interface FieldSpec {
  /** Undefined where it has none. */
  readonly name?: string;
  readonly type: SpecType;
  /** Not given means required; parameters are never required. */
  readonly isRequired: boolean;
  /** Parameters only: the default as JSON text. */
  readonly fallback?: string;
  /** Where it is written. */
  readonly node: JsonNode;
}

export type SpecType =
  /** `double`, `any`, `sparkml_vector`, or a word that MLflow does not know. */
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'array' | 'map'; readonly of: SpecType }
  | { readonly kind: 'object'; readonly properties: readonly FieldSpec[] }
  /** -1 is any number. */
  | { readonly kind: 'tensor'; readonly dtype: string; readonly shape: readonly number[] }
  /** What is written is no type. */
  | { readonly kind: 'unknown' };
