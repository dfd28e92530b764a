import type { JsonCaretPlace } from '../../documents/jsonCaretPlace';
import {
  type ColumnType,
  columnTypes,
  parameterSpecTypes,
  scalarTypes,
  type SpecKey,
  specKeys,
  tensorTypes,
} from '../../knowledge/signatureTypes';
import type { Draft } from './draft';

/** What the list, object or value that a caret is in describes; `names` is the object of an object's properties. */
type Described = 'part' | 'column' | 'items' | 'names' | 'property' | 'tensor' | 'param';

/** What can stand at a place in the JSON of a signature's part: `inputs`, `outputs` or `params`. */
export function completeSpec(place: JsonCaretPlace, part: string): readonly Draft[] {
  const { path, at } = place;
  if (path.length === 0 && at === 'value')
    return specDrafts(part).map((draft) => ({ ...draft, snippet: `[${draft.snippet ?? ''}]` }));
  if (at === 'key') return keyDrafts(place, describedAt(path, part));
  const owner = describedAt(path.slice(0, -1), part);
  const last = path.at(-1) ?? '';
  if (owner === 'part') return last === '-' ? specDrafts(part) : [];
  return owner === undefined ? [] : valueDrafts(owner, last, place.type);
}

/** Follows a path from the root, where the list of columns or parameters stands. */
function describedAt(path: readonly string[], part: string): Described | undefined {
  return path.reduce<Described | undefined>((at, step) => at && stepInto(at, step, part), 'part');
}

function stepInto(at: Described, step: string, part: string): Described | undefined {
  switch (at) {
    case 'part':
      return step === '-' ? (part === 'params' ? 'param' : 'column') : undefined;
    case 'names':
      return 'property';
    case 'tensor':
      return undefined;
    case 'column':
    case 'items':
    case 'property':
    case 'param':
      if (step === 'properties') return 'names';
      if (step === 'tensor-spec' && at === 'column') return 'tensor';
      return (step === 'items' || step === 'values') && at !== 'param' ? 'items' : undefined;
  }
}

const usualFirst = ['double', 'long', 'string'];

/** The types of what is described, the usual ones first. */
function typesOf(described: Described): readonly ColumnType[] {
  const tensor = { name: 'tensor', doc: 'A tensor: `tensor-spec` says which.', numpy: 'ndarray' };
  const all =
    described === 'param'
      ? parameterSpecTypes
      : columnTypes.filter(({ name }) => described !== 'property' || name !== 'sparkml_vector');
  const rank = ({ name }: ColumnType) => (usualFirst.indexOf(name) + 1 || 9) - 1;
  return [...all, ...(described === 'column' ? [tensor] : [])].toSorted((a, b) => rank(a) - rank(b));
}

function keyDrafts(
  { siblings, type, hasColon }: JsonCaretPlace,
  described: Described | undefined,
): readonly Draft[] {
  return keysOf(described)
    .filter((key) => !siblings.includes(key.name) && fits(key, type))
    .map(({ name, doc }): Draft => {
      const base = { label: name, kind: 'Property', doc: `**${name}** — ${doc}` } as const;
      const value = described && valueSnippet(described, name);
      return hasColon
        ? { ...base, insert: JSON.stringify(name) }
        : { ...base, snippet: `"${name}": ${value ?? '$1'}` };
    });
}

/** Tensors are always required. */
function fits({ name, type: needed }: SpecKey, type: string | undefined): boolean {
  if (type === undefined) return true;
  return needed === undefined ? name !== 'required' || type !== 'tensor' : needed === type;
}

function keysOf(described: Described | undefined): readonly SpecKey[] {
  return described === undefined || described === 'part' || described === 'names' ? [] : specKeys[described];
}

/** What is written for a key, with tab stops; undefined where anything may be. */
function valueSnippet(described: Described, key: string): string | undefined {
  const anyType = typeChoice(described, 1);
  switch (key) {
    case 'type':
      return anyType;
    case 'name':
      return '"$1"';
    case 'required':
      return '${1|false,true|}';
    case 'items':
    case 'values':
      return `{"type": ${typeChoice('items', 1)}}`;
    case 'properties':
      return `{"\${1:name}": {"type": ${typeChoice('property', 2)}}}`;
    case 'tensor-spec':
      return `{"dtype": ${tensorChoice(1)}, "shape": [-1$2]}`;
    case 'dtype':
      return described === 'tensor' ? tensorChoice(1) : anyType;
    case 'shape':
      return described === 'tensor' ? '[-1$1]' : '${1|null,[-1]|}';
    default:
      return undefined;
  }
}

function typeChoice(described: Described, stop: number): string {
  return choice(
    stop,
    typesOf(described).map(({ name }) => name),
  );
}

function tensorChoice(stop: number): string {
  return choice(stop, tensorTypes);
}

function choice(stop: number, words: readonly string[]): string {
  return `"\${${String(stop)}|${words.join(',')}|}"`;
}

/** A whole column, tensor or parameter. */
function specDrafts(part: string): readonly Draft[] {
  if (part === 'params')
    return [
      {
        label: 'parameter',
        kind: 'Snippet',
        snippet: `{"name": "\${1:name}", "type": ${typeChoice('param', 2)}, "default": $3, "shape": null}`,
        detail: 'a parameter with its default',
      },
    ];
  return [
    {
      label: 'column',
      kind: 'Snippet',
      snippet: `{"name": "\${1:name}", "type": ${typeChoice('column', 2)}}`,
      detail: 'a named column',
      order: 1,
    },
    {
      label: 'tensor',
      kind: 'Snippet',
      snippet: `{"type": "tensor", "tensor-spec": {"dtype": ${tensorChoice(1)}, "shape": [-1$2]}}`,
      detail: 'a tensor of any length',
      order: 2,
    },
  ];
}

function valueDrafts(owner: Described, key: string, type: string | undefined): readonly Draft[] {
  if (key === 'type') return typesOf(owner).map(typeDraft);
  if (key === 'dtype')
    return owner === 'tensor'
      ? tensorTypes.map((name, index) => ({ ...wordDraft(name), order: index < 8 ? 1 : 2 }))
      : scalarTypes.map(typeDraft);
  if (key === 'required') return ['false', 'true'].map(plainDraft);
  if (key === 'default') return [...(type === 'boolean' ? ['false', 'true'] : []), 'null'].map(plainDraft);
  if (key === 'shape' && owner === 'param') return ['null', '[-1]'].map(plainDraft);
  const snippet = key === 'name' ? undefined : valueSnippet(owner, key);
  return snippet === undefined ? [] : [{ label: key, kind: 'Snippet', snippet }];
}

function typeDraft(type: ColumnType): Draft {
  const { name, doc, python, numpy, spark } = type;
  const others = [
    ...(python === undefined ? [] : [`Python \`${python}\``]),
    ...(numpy === undefined ? [] : [`numpy \`${numpy}\``]),
    ...(spark === undefined ? [] : [`Spark \`${spark}\``]),
  ];
  return {
    ...wordDraft(name),
    detail: doc.replaceAll('`', ''),
    doc: `**${name}** — ${doc}\n\n${others.join(' · ')}`,
  };
}

function wordDraft(name: string): Draft {
  return { label: name, kind: 'EnumMember', insert: JSON.stringify(name) };
}

function plainDraft(label: string): Draft {
  return { label, kind: 'Value' };
}
