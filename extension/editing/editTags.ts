import type { Session } from '../session';
import { askOption, askText, type Option } from '../ui/inputs';
import { plainText, withoutIcons } from '../ui/text';
import type { Edit } from './edit';
import type { Editing } from './editing';
import { findKeyProblem, findLengthProblem } from './limits';
import { composeTagEdits, type TagTarget } from './tagTargets';

/** The dialogs of tags. */
export interface TagQuestions {
  readonly session: Session;
  readonly editing: Pick<Editing, 'run'>;
  readonly targets: readonly TagTarget[];
}

type Choice = { readonly kind: 'add' } | { readonly kind: 'tag'; readonly key: string };

/** Lets the user add, change or delete a tag of one or several things. */
export async function editTags({ session, editing, targets }: TagQuestions): Promise<void> {
  const choice = await askOption(titleOf(targets), 'Choose a tag, or add one', listChoices(targets));
  if (!choice) return;
  const edits = choice.kind === 'add' ? await askNewTag(targets) : await askChange(targets, choice.key);
  const [first] = edits;
  if (first) await editing.run(session, summarize(edits, first), edits);
}

function titleOf(targets: readonly TagTarget[]): string {
  const [first] = targets;
  return targets.length === 1 && first
    ? `Tags of ${withoutIcons(first.name)}`
    : `Tags of ${targets.length} things`;
}

function summarize(edits: readonly Edit[], first: Edit): string {
  return edits.length === 1 ? first.label : `${first.label} and ${edits.length - 1} more`;
}

function listChoices(targets: readonly TagTarget[]): readonly Option<Choice>[] {
  const keys = new Set(targets.flatMap(({ tags }) => [...tags.keys()]).filter((key) => !isInternal(key)));
  const options = [...keys].sort().map((key): Option<Choice> => ({
    label: withoutIcons(plainText(key)),
    description: withoutIcons(describeValue(targets, key)),
    value: { kind: 'tag', key },
  }));
  return [{ label: '$(add) Add Tag…', value: { kind: 'add' } }, ...options];
}

/** MLflow's own tags have their own commands or are nobody's to change. */
function isInternal(key: string): boolean {
  return key.startsWith('mlflow.');
}

function describeValue(targets: readonly TagTarget[], key: string): string {
  const values = targets.flatMap(({ tags }) => tags.get(key) ?? []);
  const distinct = new Set(values);
  const value = distinct.size === 1 ? plainText(values[0] ?? '', 120) : `${distinct.size} values`;
  return values.length === targets.length ? value : `${value} · on ${values.length} of ${targets.length}`;
}

async function askNewTag(targets: readonly TagTarget[]): Promise<readonly Edit[]> {
  const title = `Add a tag to ${withoutIcons(whomOf(targets))}`;
  const key = await askText({ title, prompt: 'The key of the tag', findProblem: findKeyProblem });
  return key === undefined ? [] : await askValue(targets, key, title);
}

async function askChange(targets: readonly TagTarget[], key: string): Promise<readonly Edit[]> {
  const title = `Tag “${withoutIcons(plainText(key, 60))}” of ${withoutIcons(whomOf(targets))}`;
  const isOnAll = targets.every(({ tags }) => tags.has(key));
  const deed = await askOption(title, 'What to do with it?', [
    { label: `$(edit) ${isOnAll ? 'Change Value…' : 'Set on All…'}`, value: 'change' as const },
    { label: '$(trash) Delete Tag', value: 'delete' as const },
  ]);
  if (deed === 'change') return await askValue(targets, key, title);
  return deed === 'delete' ? composeTagEdits(targets, key, undefined) : [];
}

async function askValue(targets: readonly TagTarget[], key: string, title: string): Promise<readonly Edit[]> {
  const values = new Set(targets.flatMap(({ tags }) => tags.get(key) ?? []));
  const [value = ''] = values.size === 1 ? values : [];
  // An input box would make one line of it.
  const isLong = /[\r\n]/.test(value);
  const most = Math.min(...targets.map(({ longestValue }) => longestValue));
  const text = await askText({
    title,
    prompt: isLong ? 'A new value; the old one has several lines' : 'Its value',
    value: isLong ? '' : value,
    findProblem: (typed) => findLengthProblem('A value', typed, most),
  });
  return text === undefined ? [] : composeTagEdits(targets, key, text);
}

function whomOf(targets: readonly TagTarget[]): string {
  const [first] = targets;
  return targets.length === 1 && first ? first.name : `${targets.length} things`;
}
