import type { CodeLens } from 'vscode-languageserver-types';
import { type OpenDocument, toRange } from './openDocument';

/** The commands of a lens, and their titles. */
export const lensCommands = [
  ['mlflow.project.run', 'Run'],
  ['mlflow.project.runWith', 'Run with…'],
  ['mlflow.project.debug', 'Debug'],
] as const;

/** What the commands of a lens are given. */
export interface EntryPointTarget {
  /** The MLproject's. */
  readonly uri: string;
  readonly entryPoint: string;
}

/** What can be done with each entry point; only commands that the client has. */
export function listCodeLenses(document: OpenDocument, commands: readonly string[]): readonly CodeLens[] {
  if (document.kind !== 'mlproject') return [];
  const offered = lensCommands.filter(([id]) => commands.includes(id));
  const entryPoints = document.model.entryPoints.filter(({ field }) => !field.overridden && !field.merged);
  return entryPoints.flatMap(({ name, field }) => {
    const target: EntryPointTarget = { uri: document.uri, entryPoint: name };
    const range = toRange(document, field.key.range);
    return offered.map(([command, title]) => ({ range, command: { title, command, arguments: [target] } }));
  });
}
