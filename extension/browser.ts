import type { ExtensionContext } from 'vscode';
import { startWorkerClient } from './language/workerClient';
import { onFirstDocument } from './language/firstDocument';
import { Lifetime } from './ui/lifetime';
import { createLog } from './ui/log';

/**
 * The extension where there is no Node.js, as on vscode.dev: it knows the languages and nothing else. Views and commands
 * are left out there by package.json's `when` and `enablement`.
 */
export function activate({ extensionUri, subscriptions }: ExtensionContext): void {
  const lifetime = new Lifetime(subscriptions);
  const log = lifetime.add(createLog());
  lifetime.add(
    onFirstDocument(async () => {
      try {
        lifetime.add(await startWorkerClient(extensionUri, log));
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
      }
    }),
  );
}
