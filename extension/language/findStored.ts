import * as vscode from 'vscode';
import type { StoredTarget } from '../../language-server/protocol';
import type { Session, Sessions } from '../session';
import { toUriParts } from '../ui/documentUri';

/**
 * The URI of a text document about a run, or of a logged model's MLmodel; null where the store that is connected has none, or none is.
 * Nothing connects for it: it is asked wherever the mouse comes to rest with Ctrl down.
 */
export async function findStored(
  target: StoredTarget,
  sessions: Pick<Sessions, 'state'> | undefined,
): Promise<string | null> {
  const state = sessions?.state;
  if (state?.kind !== 'ready') return null;
  try {
    return vscode.Uri.from(await findParts(target, state.session)).toString();
  } catch {
    return null;
  }
}

async function findParts(target: StoredTarget, { connection, catalog }: Session) {
  const connectionUri = connection.uri;
  if ('runId' in target) {
    const { id, name } = await catalog.run(target.runId);
    return toUriParts({ kind: 'run', connectionUri, runId: id }, name || id);
  }
  const { id, name } = await catalog.loggedModel(target.modelId);
  return toUriParts({ kind: 'loggedModel', connectionUri, modelId: id, file: 'MLmodel' }, name || id);
}
