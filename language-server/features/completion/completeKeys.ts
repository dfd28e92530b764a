import { flowSnippets, keySnippets } from '../../knowledge/keySnippets';
import type { KeyKnowledge } from '../../knowledge/keyKnowledge';
import { keysOf, type Place } from '../../knowledge/keys';
import { keyDoc } from '../keyDoc';
import type { Caret, Draft } from './draft';

/** MLflow takes one of them. */
const environments = new Set(['python_env', 'conda_env', 'docker_env']);

/** The keys of a mapping that are not there yet, those of the user's dialect behind them. */
export function completeKeys(caret: Caret, place: Place): readonly Draft[] {
  const siblings = new Set(caret.place.siblings());
  const hasEnvironment = place === 'project' && [...environments].some((name) => siblings.has(name));
  const known = keysOf[place]
    .filter(({ name }) => !siblings.has(name) && !(hasEnvironment && environments.has(name)))
    .map((key) => keyDraft(caret, place, key));
  const dialect = dialectKeys(caret).filter((name) => !siblings.has(name));
  return [...known, ...dialect.map((name) => namedKey(caret, name))];
}

function keyDraft({ place: { hasColon, inFlow } }: Caret, place: Place, key: KeyKnowledge): Draft {
  const { name } = key;
  const base = { label: name, kind: 'Property', detail: key.accepts, doc: keyDoc(key) } as const;
  if (hasColon) return base;
  const snippet = inFlow ? flowSnippets[name] : keySnippets[place][name];
  return { ...base, snippet: snippet ?? `${name}: $0` };
}

/** A key that is no word of MLflow's. */
function namedKey({ place: { hasColon } }: Caret, name: string): Draft {
  return { label: name, kind: 'Property', ...(!hasColon && { insert: `${name}: ` }) };
}

function dialectKeys({ place: { path }, settings: { allowedKeys } }: Caret): readonly string[] {
  return allowedKeys.flatMap((pattern) => {
    const parts = pattern.split('.');
    const name = parts.pop();
    const isHere =
      parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
    return isHere && name !== undefined && name !== '*' && name !== '' ? [name] : [];
  });
}
