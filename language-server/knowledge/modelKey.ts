import type { DocPage } from './docPages';
import type { KeyKnowledge } from './keyKnowledge';

/** A key of an MLmodel. Null is the same as no key, whatever its type. */
export interface ModelKey extends KeyKnowledge {
  readonly type: ModelValueType;
  /** Loading what the key belongs to fails without it. */
  readonly isRequired?: true;
  /** What MLflow takes where it is not written. */
  readonly fallback?: string;
  /** Loading runs code that the value names or holds: a reader of a foreign model should know. A list: only these values do. */
  readonly runsCode?: true | readonly string[];
  /** MLflow 3.17 still reads it, or passes over it, but writes it no more. */
  readonly isLegacy?: true;
  /** The major version of MLflow that first wrote it; without it, any did. */
  readonly since?: 2 | 3;
}

/** A path is relative to the folder of the MLmodel, and leads to a file or folder. */
export type ModelValueType = 'text' | 'version' | 'number' | 'boolean' | 'list' | 'mapping' | 'path' | 'any';

type More = Partial<Omit<ModelKey, 'name' | 'doc' | 'type'>>;

const accepts: Readonly<Record<ModelValueType, string>> = {
  text: 'text',
  version: 'a version, as text',
  number: 'a whole number',
  boolean: '`true` or `false`',
  list: 'a list',
  mapping: 'a mapping',
  path: "a path in the model's folder",
  any: 'any value',
};

/** A key of one type after the other, on a page unless `more` says otherwise. */
export function keyMaker(page: DocPage) {
  return (type: ModelValueType, name: string, doc: string, more: More = {}): ModelKey => ({
    name,
    doc,
    type,
    accepts: more.values ? 'one of' : accepts[type],
    page,
    ...more,
  });
}
