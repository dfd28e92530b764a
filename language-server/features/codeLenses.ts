import type { CodeLens } from 'vscode-languageserver-types';
import type { RegisteredVersion } from '../documents/registeredMeta';
import type { ModelFacts } from './modelFacts';
import { type MlmodelDocument, type MlprojectDocument, type OpenDocument, toRange } from './openDocument';

/** The commands of an entry point's lens, and their titles. */
const entryPointCommands = [
  ['mlflow.project.run', 'Run'],
  ['mlflow.project.runWith', 'Run with…'],
  ['mlflow.project.debug', 'Debug'],
] as const;

/** Those of an MLmodel. Only what has the flavor python_function can be served and asked. */
const modelCommands = [
  ['mlflow.modelFile.serve', 'Serve', 'python_function'],
  ['mlflow.modelFile.predict', 'Predict', 'python_function'],
  ['mlflow.modelFile.register', 'Register'],
  ['mlflow.modelFile.copyLoadingCode', 'Copy Loading Code'],
  ['mlflow.modelFile.preview', 'Preview'],
] as const satisfies readonly (readonly [command: string, title: string, flavor?: string])[];

/** That of the registered version that an MLmodel was downloaded as; its target is RegisteredVersion. */
const versionCommand = 'mlflow.modelVersion.open';

/** As much of a name as stands in a title. */
const longestName = 60;

/** All commands that lenses are given for. */
export const lensCommands: readonly string[] = [
  ...[...entryPointCommands, ...modelCommands].map(([id]) => id),
  versionCommand,
];

/** What the commands of an entry point's lens are given. */
export interface EntryPointTarget {
  /** The MLproject's. */
  readonly uri: string;
  readonly entryPoint: string;
}

/** What the commands of an MLmodel's lens are given. */
export interface ModelFileTarget {
  /** The MLmodel's. */
  readonly uri: string;
}

/** What can be done with each entry point, or with a model; only commands that the client has. */
export function listCodeLenses(
  document: OpenDocument,
  commands: readonly string[],
  { registered }: ModelFacts = {},
): readonly CodeLens[] {
  if (document.kind === 'mlproject') return entryPointLenses(document, commands);
  if (document.kind !== 'mlmodel') return [];
  return [...modelLenses(document, commands), ...versionLenses(registered, commands)];
}

/** On the first line, too. */
function versionLenses(
  registered: RegisteredVersion | undefined,
  commands: readonly string[],
): readonly CodeLens[] {
  if (!registered || !commands.includes(versionCommand)) return [];
  const start = { line: 0, character: 0 };
  const title = `Open ${titleOf(registered.modelName)} ${titleOf(registered.version)}`;
  return [
    { range: { start, end: start }, command: { title, command: versionCommand, arguments: [registered] } },
  ];
}

/** A stranger's text as it may stand in a title: in one line, short, and `$(…)` no icon. */
function titleOf(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').replaceAll('$(', '$ (');
  return plain.length > longestName ? `${plain.slice(0, longestName - 1)}…` : plain;
}

/** On the first line; none where nothing can be loaded. */
function modelLenses(document: MlmodelDocument, commands: readonly string[]): readonly CodeLens[] {
  const flavors = new Set<string>(document.model.flavors.map(({ name }) => name));
  if (flavors.size === 0) return [];
  const target: ModelFileTarget = { uri: document.uri };
  const range = toRange(document, { start: 0, end: 0 });
  return modelCommands
    .filter(([id, , flavor = '']) => commands.includes(id) && (flavor === '' || flavors.has(flavor)))
    .map(([command, title]) => ({ range, command: { title, command, arguments: [target] } }));
}

function entryPointLenses(document: MlprojectDocument, commands: readonly string[]): readonly CodeLens[] {
  const offered = entryPointCommands.filter(([id]) => commands.includes(id));
  const entryPoints = document.model.entryPoints.filter(({ field }) => !field.overridden && !field.merged);
  return entryPoints.flatMap(({ name, field }) => {
    const target: EntryPointTarget = { uri: document.uri, entryPoint: name };
    const range = toRange(document, field.key.range);
    return offered.map(([command, title]) => ({ range, command: { title, command, arguments: [target] } }));
  });
}
