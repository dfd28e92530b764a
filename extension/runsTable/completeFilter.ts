import { FilterError } from '../tracking/filter/filterError';
import { parseRunFilter } from '../tracking/filter/parseRunFilter';
import { quoteText } from '../tracking/filter/quoteText';
import type { RunClause, RunField } from '../tracking/filter/runFilter';
import type { Completion, Completions } from '../../webviews/protocol/runsTable';
import { findPlace, findWordEnd, type FilterPlace } from './filterPlace';

/** What completions are made of. */
export interface FilterData {
  /** The keys that runs have, those that are likely to be meant first. */
  readonly keys: (kind: KeyKind) => readonly string[];
  /** Values that runs have of a field, the most frequent first. */
  readonly values: (field: RunField) => readonly string[];
  /** What was searched for before, the latest first. */
  readonly recent: readonly string[];
}

type KeyKind = 'metric' | 'param' | 'tag';

const mostItems = 50;

/** Of each kind, where nothing was typed yet. */
const fewKeys = 5;

const attributeKeys = ['run_name', 'status', 'start_time', 'end_time', 'user_id', 'run_id', 'artifact_uri'];
const datasetKeys = ['name', 'digest', 'context'];

const entities: readonly (readonly [prefix: string, kind: RunField['kind'], typed: RegExp])[] = [
  ['metrics', 'metric', /^metrics?$/i],
  ['params', 'param', /^param(?:eter)?s?$/i],
  ['attributes', 'attribute', /^(?:attr|attributes?|run)$/i],
  ['tags', 'tag', /^tags?$/i],
  ['datasets', 'dataset', /^datasets?$/i],
];

/**
 * What may stand at a place of a text that is being typed as a filter. Where what stands before the caret can become a valid
 * filter, it still can with any of these in it. Never throws.
 */
export function completeFilter(whole: string, offset: number, data: FilterData): Completions {
  const caret = Math.min(Math.max(0, Math.trunc(offset)), whole.length);
  if (whole.trim() === '') return { from: 0, to: whole.length, items: completeNothing(data) };
  const place = findPlace(whole.slice(0, caret));
  const from = place.kind === 'none' ? caret : place.from;
  const to = findWordEnd(whole, from, caret);
  const isLast = whole.slice(to).trim() === '';
  const typed = {
    before: whole.slice(0, from),
    word: whole.slice(from, caret),
    whole: whole.slice(from, to),
    isLast,
  };
  const items = completePlace(place, typed, data).slice(0, mostItems);
  const isFollowedBySpace = /^\s/.test(whole.slice(to));
  return { from, to, items: isFollowedBySpace ? items.map(withoutSpaceAtEnd) : items };
}

interface Typed {
  readonly before: string;
  /** What is typed up to the caret of what a completion replaces, and all of that. */
  readonly word: string;
  readonly whole: string;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

function completePlace(place: FilterPlace, typed: Typed, data: FilterData): readonly Completion[] {
  switch (place.kind) {
    case 'key':
      return completeKey(place.isJoined, typed, data);
    case 'operator':
      return completeOperator(place.field, typed);
    case 'value':
      return completeValue(place, typed, data);
    case 'list':
      return [{ insert: '(', label: '(…)', detail: 'list' }];
    case 'listItemEnd':
      return [
        { insert: ', ', label: ',', detail: 'operator' },
        { insert: ') ', label: ')', detail: 'operator' },
      ];
    case 'none':
      return [];
  }
}

function completeNothing(data: FilterData): readonly Completion[] {
  const recent = data.recent.map((text) => ({ insert: text, label: text, detail: 'recent' }));
  const keys = entities.flatMap(([, kind]) =>
    kind === 'metric' || kind === 'param' ? listKeys(kind, data).slice(0, fewKeys) : [],
  );
  return [...recent, ...listEntities(), ...keys.flatMap(toKeyCompletion)];
}

/** A key as it is offered. */
interface OfferedKey {
  readonly kind: RunField['kind'];
  readonly prefix: string;
  readonly key: string;
}

function listKeys(kind: RunField['kind'], data: FilterData): readonly OfferedKey[] {
  const prefix = entities.find(([, known]) => known === kind)?.[0] ?? '';
  const keys = kind === 'attribute' ? attributeKeys : kind === 'dataset' ? datasetKeys : data.keys(kind);
  return keys.map((key) => ({ kind, prefix, key }));
}

function listEntities(): readonly Completion[] {
  return entities.map(([prefix]) => ({ insert: `${prefix}.`, label: `${prefix}.`, detail: 'keys' }));
}

function completeKey(isJoined: boolean, { before, word }: Typed, data: FilterData): readonly Completion[] {
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  const lead = isJoined ? gap : `${gap}AND `;
  const and = { insert: `${gap}AND `, label: 'AND', detail: 'operator' };
  const keys = word === '' && !isJoined ? [] : findKeys(word, data);
  const joining = isJoined || !startsWith('AND', word) ? [] : [and];
  return [...joining, ...keys.map((item) => ({ ...item, insert: lead + item.insert }))];
}

/** Keys that hold what is typed, those that begin with it first. */
function findKeys(word: string, data: FilterData): readonly Completion[] {
  const dot = word.indexOf('.');
  const entity = entities.find(([, , typed]) => dot >= 0 && typed.test(word.slice(0, dot).trim()));
  if (dot >= 0 && !entity) return [];
  const typed = word
    .slice(dot + 1)
    .trim()
    .replace(/^[`"']/, '')
    .toLowerCase();
  const all = entity ? listKeys(entity[1], data) : entities.flatMap(([, kind]) => listKeys(kind, data));
  const found = all.filter(({ key }) => key.toLowerCase().includes(typed));
  const begin = found.filter(({ key }) => key.toLowerCase().startsWith(typed));
  const rest = found.filter(({ key }) => !key.toLowerCase().startsWith(typed));
  const prefixes = entity ? [] : listEntities().filter(({ label }) => startsWith(label, word));
  return [...prefixes, ...[...begin, ...rest].slice(0, mostItems).flatMap(toKeyCompletion)];
}

function toKeyCompletion({ kind, prefix, key }: OfferedKey): readonly Completion[] {
  const name = renderKey(kind, prefix, key);
  return name === undefined ? [] : [{ insert: `${name} `, label: `${prefix}.${key}`, detail: kind }];
}

/** The key as the grammar takes it before every operator, in quotes where it must be; undefined where none hold it. */
function renderKey(kind: RunField['kind'], prefix: string, key: string): string | undefined {
  const names = [key, `\`${key}\``, `"${key}"`, `'${key}'`].map((one) => `${prefix}.${one}`);
  return names.find((name) => {
    const compared = isNumeric({ kind, key }) ? `${name} = 1` : `${name} = 'x'`;
    const presence = kind === 'param' || kind === 'tag' ? [`${name} IS NULL`, `${name} IS NOT NULL`] : [];
    const clauses = readClauses([compared, ...presence, compared].join(' AND '));
    const isTaken = clauses?.every(({ field }) => field.kind === kind && field.key === key);
    return isTaken && clauses?.length === 2 + presence.length;
  });
}

const numeric = ['<', '<=', '>', '>=', '=', '!='];
const textual = ['=', '!=', 'LIKE', 'ILIKE'];

function completeOperator(field: RunField, { word }: Typed): readonly Completion[] {
  const typed = word.trim().replace(/\s+/g, ' ');
  return listOperators(field)
    .filter((operator) => startsWith(operator, typed))
    .map((label) => ({
      insert: label.endsWith('IN') ? `${label} (` : `${label} `,
      label,
      detail: 'operator',
    }));
}

function listOperators(field: RunField): readonly string[] {
  if (isNumeric(field)) return numeric;
  if (field.kind === 'param' || field.kind === 'tag') return [...textual, 'IS NULL', 'IS NOT NULL'];
  const isList = field.kind === 'dataset' || field.key === 'run_id';
  return isList ? [...textual, 'IN', 'NOT IN'] : textual;
}

function isNumeric({ kind, key }: { readonly kind: RunField['kind']; readonly key: string }): boolean {
  return kind === 'metric' || (kind === 'attribute' && (key === 'start_time' || key === 'end_time'));
}

type ValuePlace = FilterPlace & { readonly kind: 'value' };

function completeValue(place: ValuePlace, typed: Typed, data: FilterData): readonly Completion[] {
  const wanted = typed.word.replace(/^['"]/, '').toLowerCase();
  const values = data.values(place.field).filter((value) => value.toLowerCase().includes(wanted));
  const begin = values.filter((value) => value.toLowerCase().startsWith(wanted));
  const rest = values.filter((value) => !value.toLowerCase().startsWith(wanted));
  const items = [...begin, ...rest].slice(0, mostItems).flatMap((value): readonly Completion[] => {
    const insert = place.isInList ? renderListItem(value) : renderValue(place, value);
    return insert === undefined ? [] : [{ insert, label: value, detail: 'value' }];
  });
  return [...items, ...completeNumber(place, typed)];
}

/** A number has no end of its own: where it could be one, AND may follow. */
function completeNumber(place: ValuePlace, { whole, isLast }: Typed): readonly Completion[] {
  const isNumber = isLast && isNumeric(place.field) && renderValue(place, whole) !== undefined;
  return isNumber ? [{ insert: `${whole} AND `, label: 'AND', detail: 'operator' }] : [];
}

/** The value as the grammar takes it; undefined where it cannot say it. */
function renderValue({ field, operator }: ValuePlace, value: string): string | undefined {
  const literal = isNumeric(field) ? value : quoteText(value);
  const name = isNumeric(field) ? (field.kind === 'metric' ? 'metrics.x' : 'start_time') : 'params.x';
  if (literal === undefined || literal === '') return undefined;
  const clauses = readClauses(`${name} ${operator} ${literal} AND ${name} ${operator} ${literal}`);
  const wanted = isNumeric(field) ? Number(value) : value;
  const isTaken = clauses?.length === 2 && clauses.every((clause) => clause.value === wanted);
  return isTaken ? literal : undefined;
}

/** An item of a list, which Python reads: there are escapes. */
function renderListItem(value: string): string | undefined {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const literal = quoteText(escaped);
  if (literal === undefined) return undefined;
  const clauses = readClauses(`run_id IN (${literal}, ${literal}) AND run_id IN (${literal})`);
  const isTaken =
    clauses?.length === 2 &&
    clauses.every(({ value: found }) => [found].flat().every((one) => one === value));
  return isTaken ? literal : undefined;
}

function readClauses(text: string): readonly RunClause[] | undefined {
  try {
    return parseRunFilter(text);
  } catch (error) {
    if (error instanceof FilterError) return undefined;
    throw error;
  }
}

function startsWith(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed.toLowerCase());
}

function withoutSpaceAtEnd(item: Completion): Completion {
  return { ...item, insert: item.insert.replace(/ $/, '') };
}
