import type { ModelSubject } from '../../webviews/protocol/modelPreview';
import { isOneOf, isRecordOf, isText } from '../../webviews/protocol/guards';

/** Whether a value that a view saved, a stranger's, says which model it showed. */
export function isModelSubject(value: unknown): value is ModelSubject {
  return isFile(value) || isVersion(value) || isLoggedModel(value);
}

const isFile = isRecordOf<ModelSubject & { readonly kind: 'file' }>({ kind: isOneOf('file'), uri: isText });

const isVersion = isRecordOf<ModelSubject & { readonly kind: 'version' }>({
  kind: isOneOf('version'),
  ...{ connectionUri: isText, modelName: isText, version: isText },
});

const isLoggedModel = isRecordOf<ModelSubject & { readonly kind: 'loggedModel' }>({
  kind: isOneOf('loggedModel'),
  ...{ connectionUri: isText, modelId: isText },
});
