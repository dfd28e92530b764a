import type { Edit } from '../editing/edit';
import type { NewVersion, RegistryEditor } from '../tracking/editors';
import type { StoreChange, TrackingStore } from '../tracking/store';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';

/** Edits of registered models as wholes. `store` is asked how things stand when an edit is really done. */

/** One change of the registry. */
export type RegistryEdit = Extract<Edit, { readonly part: 'registry' }>;

export type RegistryReader = Pick<TrackingStore, 'getRegisteredModel'>;

export const modelsChange: readonly StoreChange[] = [{ kind: 'models' }];

/** A stranger's word in a sentence. */
export function quoted(text: string): string {
  return `“${plainText(text, 80)}”`;
}

export function createModel(store: RegistryReader, name: string): RegistryEdit {
  return {
    part: 'registry',
    label: `create ${quoted(name)}`,
    apply: (editor, signal) => editor.createModel(name, signal),
    changes: modelsChange,
    inverse: () => deleteEmptyModel(store, name),
  };
}

/** Takes a model away only as long as nobody has put a version into it. */
function deleteEmptyModel(store: RegistryReader, name: string): RegistryEdit {
  return {
    ...deleteModel(name),
    apply: async (editor, signal) => {
      const { latestVersions } = await store.getRegisteredModel(name, signal);
      if (latestVersions.length > 0) throw new UserError(`${quoted(name)} has versions by now: it stays.`);
      await editor.deleteModel(name, signal);
    },
    inverse: () => createModel(store, name),
  };
}

/** With all its versions; MLflow has no way back. */
export function deleteModel(name: string): RegistryEdit {
  return {
    part: 'registry',
    label: `delete ${quoted(name)}`,
    apply: (editor, signal) => editor.deleteModel(name, signal),
    changes: modelsChange,
    preview: { kind: 'model', name, change: () => undefined },
  };
}

export function renameModel(name: string, newName: string): RegistryEdit {
  return {
    part: 'registry',
    label: `rename ${quoted(name)} to ${quoted(newName)}`,
    apply: (editor, signal) => editor.renameModel(name, newName, signal),
    changes: modelsChange,
    inverse: () => renameModel(newName, name),
  };
}

/** MLflow has no way back. */
export function deleteVersion(name: string, version: string): RegistryEdit {
  return {
    part: 'registry',
    label: `delete version ${version} of ${quoted(name)}`,
    apply: (editor, signal) => editor.deleteVersion({ name, version }, signal),
    changes: modelsChange,
    preview: { kind: 'version', name, version, change: () => undefined },
  };
}

export interface Registration extends NewVersion {
  /** Whether the registered model is to be made first. */
  readonly isNew: boolean;
  readonly description?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

/** A new version; `made` gets its number. What was begun is taken back where MLflow refuses the rest. */
export function registerVersion(
  store: RegistryReader,
  registration: Registration,
  made: (version: string) => void,
): RegistryEdit {
  const { name, isNew } = registration;
  let version = '';
  return {
    part: 'registry',
    label: `register ${quoted(registration.source)} as ${quoted(name)}`,
    apply: async (editor, signal) => {
      if (isNew) await editor.createModel(name, signal);
      try {
        version = await createWhole(editor, registration, signal);
      } catch (error) {
        if (isNew) await takeBack((own) => editor.deleteModel(name, own));
        throw error;
      }
      made(version);
    },
    changes: modelsChange,
    inverse: () => (isNew ? deleteWithOnly(store, name, version) : deleteVersion(name, version)),
  };
}

async function createWhole(
  editor: RegistryEditor,
  registration: Registration,
  signal: AbortSignal,
): Promise<string> {
  const { name, source, runId, modelId, description = '', tags = [] } = registration;
  const key = { name, version: await editor.createVersion({ name, source, runId, modelId }, signal) };
  try {
    if (description !== '') await editor.describeVersion(key, description, signal);
    for (const [tag, value] of tags) await editor.setVersionTag(key, tag, value, signal);
  } catch (error) {
    await takeBack((own) => editor.deleteVersion(key, own));
    throw error;
  }
  return key.version;
}

/** Takes a model away with its one version; where others came, that version only. */
function deleteWithOnly(store: RegistryReader, name: string, version: string): RegistryEdit {
  return {
    ...deleteVersion(name, version),
    apply: async (editor, signal) => {
      const { latestVersions } = await store.getRegisteredModel(name, signal);
      await editor.deleteVersion({ name, version }, signal);
      // Numbers go up from 1 and are not given twice.
      if (latestVersions.every((one) => one.version === version)) await editor.deleteModel(name, signal);
    },
  };
}

/** Takes a first step back where a later one failed: even if the user has cancelled, and without a word, since that failure is told. */
export async function takeBack(step: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await step(new AbortController().signal).catch(() => undefined);
}
