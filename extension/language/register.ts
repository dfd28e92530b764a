import type * as vscode from 'vscode';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { causeOf } from '../tracking/errors';
import { Lifetime } from '../ui/lifetime';
import { onFirstDocument } from './firstDocument';

interface LanguageOptions {
  readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>;
  readonly log: vscode.LogOutputChannel;
  readonly onError: (error: unknown) => void;
  readonly settings: () => Pick<Settings, 'python'>;
  readonly sessions: Pick<Sessions, 'state'>;
}

/**
 * Starts the language server once a document of its languages is open, now or later, and not before: neither the
 * client library nor the process burdens a window that has none. A failure goes to `onError`, once; all else works on.
 */
export function registerLanguage({ context, log, onError, settings, sessions }: LanguageOptions): Lifetime {
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
            sessions,
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
