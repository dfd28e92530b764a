import type { Preview } from '../catalog/previews';
import type { RegistryEditor, RunEditor } from '../tracking/editors';
import type { Experiment, ModelVersion, RegisteredModel, Run, Tags } from '../tracking/model';
import type { StoreChange } from '../tracking/store';
import { plainText } from '../ui/text';
import type { Edit } from './edit';
import { longestExperimentTag, longestRegistryTag, longestRunTag } from './limits';

/** A thing whose tags can be changed. */
export interface TagTarget {
  /** `run “a”`, made safe. */
  readonly name: string;
  readonly tags: Tags;
  /** In characters. */
  readonly longestValue: number;
  /** Gives the tag that value, or takes it away for undefined. */
  readonly setTag: (key: string, value: string | undefined) => Edit;
}

type Place = { readonly changes: readonly StoreChange[]; readonly preview: Preview } & (
  | { readonly part: 'runs'; readonly apply: (editor: RunEditor, signal: AbortSignal) => Promise<void> }
  | {
      readonly part: 'registry';
      readonly apply: (editor: RegistryEditor, signal: AbortSignal) => Promise<void>;
    }
);

type Thing = Omit<TagTarget, 'setTag'>;

export function experimentTags({ id, name, tags }: Experiment): TagTarget {
  const thing = { name: nameThing('experiment', name || id), tags, longestValue: longestExperimentTag };
  return toTarget(thing, (key, value) => ({
    part: 'runs',
    apply: (editor, signal) =>
      value === undefined
        ? editor.deleteExperimentTag(id, key, signal)
        : editor.setExperimentTag(id, key, value, signal),
    changes: [{ kind: 'experiments' }],
    preview: { kind: 'experiment', id, change: (it) => withTag(it, key, value) },
  }));
}

export function runTags({ id, name, experimentId, tags }: Run): TagTarget {
  const thing = { name: nameThing('run', name || id), tags, longestValue: longestRunTag };
  return toTarget(thing, (key, value) => ({
    part: 'runs',
    apply: (editor, signal) =>
      value === undefined ? editor.deleteRunTag(id, key, signal) : editor.setRunTag(id, key, value, signal),
    changes: [{ kind: 'runs', experimentId }],
    preview: { kind: 'run', id, change: (it) => withTag(it, key, value) },
  }));
}

export function modelTags({ name, tags }: RegisteredModel): TagTarget {
  const thing = { name: nameThing('model', name), tags, longestValue: longestRegistryTag };
  return toTarget(thing, (key, value) => ({
    part: 'registry',
    apply: (editor, signal) =>
      value === undefined
        ? editor.deleteModelTag(name, key, signal)
        : editor.setModelTag(name, key, value, signal),
    changes: [{ kind: 'models' }],
    preview: { kind: 'model', name, change: (it) => withTag(it, key, value) },
  }));
}

export function versionTags({ name, version, tags }: ModelVersion): TagTarget {
  const thing = { name: nameThing('version', `${name} ${version}`), tags, longestValue: longestRegistryTag };
  return toTarget(thing, (key, value) => ({
    part: 'registry',
    apply: (editor, signal) =>
      value === undefined
        ? editor.deleteVersionTag({ name, version }, key, signal)
        : editor.setVersionTag({ name, version }, key, value, signal),
    changes: [{ kind: 'models' }],
    preview: { kind: 'version', name, version, change: (it) => withTag(it, key, value) },
  }));
}

/** What changes where the tag is to have that value, or to go. Things that are so already are left out. */
export function composeTagEdits(
  targets: readonly TagTarget[],
  key: string,
  value: string | undefined,
): readonly Edit[] {
  return targets.filter(({ tags }) => tags.get(key) !== value).map((target) => target.setTag(key, value));
}

/** `run “a”`, safe to show. */
export function nameThing(kind: string, name: string): string {
  return `${kind} “${plainText(name, 60)}”`;
}

function toTarget(thing: Thing, place: (key: string, value: string | undefined) => Place): TagTarget {
  const change = (key: string, value: string | undefined, before: string | undefined): Edit => {
    const verb = value === undefined ? 'delete' : before === undefined ? 'add' : 'change';
    return {
      ...place(key, value),
      label: `${verb} tag “${plainText(key, 60)}” of ${thing.name}`,
      inverse: () => change(key, before, value),
    };
  };
  return { ...thing, setTag: (key, value) => change(key, value, thing.tags.get(key)) };
}

function withTag<T extends { readonly tags: Tags }>(it: T, key: string, value: string | undefined): T {
  const tags = new Map(it.tags);
  if (value === undefined) tags.delete(key);
  else tags.set(key, value);
  return { ...it, tags };
}
