import { FilterError } from './filterError';
import type { RunAttribute, RunField } from './runFilter';
import type { Span } from './tokenReader';

const entities: ReadonlyMap<string, RunField['kind']> = new Map<string, RunField['kind']>([
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['param', 'param'],
  ['params', 'param'],
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['attribute', 'attribute'],
  ['attributes', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
  ['dataset', 'dataset'],
  ['datasets', 'dataset'],
]);

const attributes: ReadonlyMap<string, RunAttribute> = new Map([
  ['run_id', 'run_id'],
  ['run_name', 'run_name'],
  ['status', 'status'],
  ['user_id', 'user_id'],
  ['artifact_uri', 'artifact_uri'],
  ['start_time', 'start_time'],
  ['created', 'start_time'],
  ['Created', 'start_time'],
  ['end_time', 'end_time'],
]);

/** Other names of run_name, which MLflow knows in filters but not in orders. */
const nameAliases: ReadonlySet<string> = new Set(['run name', 'Run name', 'Run Name']);

/**
 * What a name in a filter or an order stands for: `metrics.loss`, `params."a b"`, `start_time`. The first dot ends the
 * entity; what follows is the key, in whichever quotes.
 */
export function readField(name: Span, use: 'filter' | 'order'): RunField {
  const dot = name.text.indexOf('.');
  const entity = dot < 0 ? 'attribute' : unquote(name.text.slice(0, dot), '`');
  const kind = entities.get(entity);
  const key = unquoteKey(name.text.slice(dot + 1));
  if (!kind) {
    throw fail(
      name,
      `${entity}. is unknown here; a key begins with metrics., params., tags., attributes. or dataset`,
    );
  }
  if (kind === 'dataset') {
    if (key === 'name' || key === 'digest' || key === 'context') return { kind, key };
    throw fail(
      name,
      `Datasets have no ${key} to search by; they have dataset.name, dataset.digest and dataset.context`,
    );
  }
  if (kind !== 'attribute') return { kind, key };
  const attribute = nameAliases.has(key) && use === 'filter' ? 'run_name' : attributes.get(key);
  if (attribute) return { kind, key: attribute };
  throw fail(name, unknownAttribute(key));
}

/** Whether the field is a time: an attribute that is a number. */
export function isTime(field: RunField): boolean {
  return field.kind === 'attribute' && (field.key === 'start_time' || field.key === 'end_time');
}

function unknownAttribute(key: string): string {
  const known = 'run_id, run_name, status, user_id, artifact_uri, start_time and end_time';
  return `${key} is no attribute of runs that can be searched; ${known} are, and other keys begin with metrics., params. or tags`;
}

/** A key without the quotes around it. */
export function unquoteKey(key: string): string {
  const single = unquote(key, "'");
  return unquote(single === key ? unquote(key, '"') : single, '`');
}

function unquote(text: string, quote: string): string {
  return text.length >= 2 && text.startsWith(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

function fail(name: Span, message: string): FilterError {
  return new FilterError(`${message}.`, name.offset, name.text.length);
}
