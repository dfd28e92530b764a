import type * as vscode from 'vscode';
import type { Settings } from '../settings';
import { causeOf } from '../tracking/errors';
import { Lifetime } from '../ui/lifetime';
import { onFirstDocument } from './firstDocument';

/**
 * Starts the language server once a document of its languages is open, now or later, and not before: neither the
 * client library nor the process burdens a window that has none. A failure goes to `onError`, once; all else works on.
 */
export function registerLanguage(
  context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>,
  log: vscode.LogOutputChannel,
  onError: (error: unknown) => void,
  settings: () => Pick<Settings, 'python'>,
): Lifetime {
  const lifetime = new Lifetime();
  lifetime.add(
    onFirstDocument(async () => {
      try {
        const { startLanguageClient } = await import('./client');
        const serverModule = context.asAbsolutePath('dist/language-server.js');
        lifetime.add(
          await startLanguageClient({
            serverModule,
            log,
            python: () => settings().python.path,
            onGivenUp: onError,
          }),
        );
      } catch (error) {
        onError(new Error(`The language server did not start: ${causeOf(error)}`, { cause: error }));
      }
    }),
  );
  return lifetime;
}
