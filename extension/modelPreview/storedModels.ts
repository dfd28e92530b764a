import type { Catalog } from '../catalog/catalog';
import type { ModelSubject } from '../../webviews/protocol/modelPreview';
import type { AboutModel } from './composeModel';
import type { ModelFiles } from './fileText';
import { filesOfLoggedModel, filesOfVersion } from './storedFiles';

/** A model that a store keeps: a version of a registered model, or a logged model. */
export type StoredSubject = Exclude<ModelSubject, { readonly kind: 'file' }>;

/** A model as its store has it. */
export interface StoredModel {
  readonly files: ModelFiles;
  /** The run that made it. */
  readonly runId: string | undefined;
  readonly about: Omit<AboutModel, 'run'>;
}

/** How a kind of model is found in a store, and followed. */
interface StoredSource {
  /** Begins the sentence that it is kept elsewhere: `This model version belongs`. */
  readonly whose: string;
  /** Whether a change of this registered model concerns it; of any where none is named. */
  concernsModel(modelName: string | undefined): boolean;
  find(catalog: Catalog): Promise<StoredModel>;
  /** Has what is kept of it read anew when it is next looked for. */
  refresh(catalog: Catalog): Promise<void>;
}

export function sourceOf(subject: StoredSubject): StoredSource {
  return subject.kind === 'version' ? versionSource(subject) : loggedSource(subject);
}

function versionSource({ modelName, version }: StoredSubject & { readonly kind: 'version' }): StoredSource {
  return {
    whose: 'This model version belongs',
    concernsModel: (name = modelName) => name === modelName,
    refresh: (catalog) => catalog.refresh({ kind: 'versions', modelName }),
    find: async (catalog) => {
      const found = await catalog.version(modelName, version);
      const { name, runId } = found;
      const uri = `models:/${name}/${found.version}`;
      return {
        files: filesOfVersion(catalog, found),
        runId,
        about: { name, uri, version: found, findVersion: () => undefined },
      };
    },
  };
}

function loggedSource({ modelId }: StoredSubject & { readonly kind: 'loggedModel' }): StoredSource {
  return {
    whose: 'This logged model belongs',
    concernsModel: () => false,
    refresh: () => Promise.resolve(),
    find: async (catalog) => {
      const logged = await catalog.loggedModel(modelId);
      const findVersion = (name: string, version: string) => catalog.findVersion(name, version);
      return {
        files: filesOfLoggedModel(catalog, logged),
        runId: logged.sourceRunId,
        about: { name: logged.name || modelId, uri: `models:/${modelId}`, logged, findVersion },
      };
    },
  };
}
