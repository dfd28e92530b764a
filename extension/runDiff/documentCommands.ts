import * as vscode from 'vscode';
import { type CommandHandlers, executeCommand, type ModelVersionTarget, type RunTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import { askOption } from '../ui/inputs';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { chooseRuns, type RunDiffContext } from './chooseRuns';
import { chooseVersions } from './chooseVersions';
import { findVersionFile, readText } from './documentText';
import { readSubject, toUriParts, type DocumentSubject } from '../ui/documentUri';

/** Runs and files of model versions as documents that VS Code itself compares. */

export interface DocumentContext extends RunDiffContext {
  /** Texts that a command has just read, by URI: whoever shows the document takes its text from here. */
  readonly fresh: Map<string, string>;
}

export type DocumentCommandId =
  | 'mlflow.run.compareInDiffEditor'
  | `mlflow.modelVersion.compare${'' | 'Requirements' | 'Signatures' | 'Runs'}`;

/** What each command does; `renew` has the documents read again that were open already. */
export function handleDocuments(
  context: DocumentContext,
  renew: (uris: readonly vscode.Uri[]) => void,
): CommandHandlers<DocumentCommandId> {
  return {
    'mlflow.run.compareInDiffEditor': async (one, all) =>
      renew(await compareInDiffEditor(context, all ?? [one])),
    'mlflow.modelVersion.compare': async (one, all) =>
      renew(await compareModelVersions(context, all ?? [one])),
    'mlflow.modelVersion.compareSignatures': async (one, all) =>
      renew(await compareSignatures(context, all ?? [one])),
    'mlflow.modelVersion.compareRuns': (one, all) => compareSourceRuns(context, all ?? [one]),
    'mlflow.modelVersion.compareRequirements': (one, all) => compareRequirements(context, all ?? [one]),
  };
}

/** `mlflow.run.compareInDiffEditor`: two runs as sorted documents. Answers their URIs, to be read again. */
async function compareInDiffEditor(
  context: DocumentContext,
  given: readonly (RunTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const runs = await chooseRuns(context, given, { least: 2, most: 2, title: 'Choose two runs to compare' });
  if (!runs) return [];
  const { catalog } = await demandSession(context.sessions);
  const named = await Promise.all(
    runs.map(async ({ runId }) => {
      const run = await catalog.run(runId);
      return { name: run.name || run.id, kind: 'run' as const, runId };
    }),
  );
  return await openTexts(context, named);
}

/** `mlflow.modelVersion.compare`: the MLmodel files of two versions. Answers their URIs, to be read again. */
async function compareModelVersions(
  context: DocumentContext,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const versions = await chooseVersions(context.sessions, given);
  const named = (versions ?? []).map(({ modelName, version }) => ({
    name: nameOf({ modelName, version }),
    ...{ kind: 'version' as const, modelName, version, file: 'MLmodel' },
  }));
  return await openTexts(context, named);
}

/**
 * `mlflow.modelVersion.compareSignatures`: what two versions take and give, in their order or whatever that is. Answers the
 * documents' URIs, to be read again.
 */
async function compareSignatures(
  context: DocumentContext,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const versions = await chooseVersions(context.sessions, given);
  if (!versions) return [];
  const isSorted = await askOption('Compare Signatures', 'Does the order of columns count?', [
    { label: 'Ignore the order', description: 'as for tables, whose columns go by name', value: true },
    { label: 'In their order', description: 'as for arrays', value: false },
  ]);
  if (isSorted === undefined) return [];
  const named = versions.map(({ modelName, version }) => ({
    name: nameOf({ modelName, version }),
    ...{ kind: 'signature' as const, modelName, version, isSorted },
  }));
  return await openTexts(context, named);
}

/** `mlflow.modelVersion.compareRuns`: params and metrics of the runs that two versions come from. */
async function compareSourceRuns(
  { sessions }: DocumentContext,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<void> {
  const versions = await chooseVersions(sessions, given);
  if (!versions) return;
  const { catalog } = await demandSession(sessions);
  const runs = await Promise.all(
    versions.map(async (version) => {
      const { runId } = await catalog.version(version.modelName, version.version);
      if (!runId) throw new UserError(`Version ${nameOf(version)} names no source run.`);
      return { runId };
    }),
  );
  const [one, other] = runs;
  if (one?.runId === other?.runId)
    throw new UserError('Both versions come from the same run: its params and metrics are theirs.');
  await executeCommand('mlflow.run.compare', one, runs);
}

/** What a model needs to run, as MLflow writes it beside the MLmodel. */
const requirementFiles = ['requirements.txt', 'conda.yaml', 'python_env.yaml'];

/** `mlflow.modelVersion.compareRequirements`: those files that differ between two versions, in VS Code's multi-file diff. */
async function compareRequirements(
  { sessions, report }: DocumentContext,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<void> {
  const [one, other] = (await chooseVersions(sessions, given)) ?? [];
  if (!one || !other) return;
  const { catalog, connection } = await demandSession(sessions);
  const read = (file: string) =>
    Promise.all(
      [one, other].map(({ modelName, version }) => findVersionFile(catalog, modelName, version, file)),
    );
  const files = await Promise.all(requirementFiles.map(async (file) => ({ file, texts: await read(file) })));
  const title = `Requirements: ${plainText(nameOf(one), 40)} ↔ ${plainText(nameOf(other), 40)}`;
  if (files.every(({ texts }) => texts.every((text) => text === undefined)))
    throw new UserError('Neither of the versions says what it requires.');
  const differing = files.filter(({ texts: [before, after] }) => before !== after);
  if (differing.length === 0) {
    report.info('The requirements of both versions are the same.');
    return;
  }
  const uriOf = (target: ModelVersionTarget, file: string) =>
    toUri({ kind: 'version', connectionUri: connection.uri, ...pick(target), file }, nameOf(target));
  const resources = differing.map(({ file, texts: [before, after] }) => [
    uriOf(after === undefined ? one : other, file),
    before === undefined ? undefined : uriOf(one, file),
    after === undefined ? undefined : uriOf(other, file),
  ]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}

/** Rows of the tree carry more than that. */
function pick({ modelName, version }: ModelVersionTarget): ModelVersionTarget {
  return { modelName, version };
}

function nameOf({ modelName, version }: ModelVersionTarget): string {
  return `${modelName} ${version}`;
}

type WithoutConnection<Subject> = Subject extends unknown ? Omit<Subject, 'connectionUri'> : never;

async function openTexts(
  context: DocumentContext,
  named: readonly (WithoutConnection<DocumentSubject> & { readonly name: string })[],
): Promise<readonly vscode.Uri[]> {
  const { catalog, connection } = await demandSession(context.sessions);
  const sides = await Promise.all(
    named.map(async ({ name, ...parts }) => {
      const subject = { ...parts, connectionUri: connection.uri } as DocumentSubject;
      return toSide(context, subject, name, await readText(catalog, subject));
    }),
  );
  const [one, other] = sides;
  return one && other ? await openDiff(one, other) : [];
}

/** One side of a diff. */
interface Side {
  /** What the title calls it; a stranger's. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

function toUri(subject: DocumentSubject, title: string): vscode.Uri {
  return vscode.Uri.from(toUriParts(subject, title));
}

/** A side whose text is read already, so that a failure was a message and no empty editor. */
function toSide(
  { fresh }: Pick<DocumentContext, 'fresh'>,
  subject: DocumentSubject,
  name: string,
  text: string,
): Side {
  const uri = toUri(subject, name);
  fresh.set(uri.toString(), text);
  return { name, uri };
}

/** Answers the URIs that were opened. */
async function openDiff(one: Side, other: Side): Promise<readonly vscode.Uri[]> {
  const names = [one, other].map(({ name }) => plainText(name, 40));
  await vscode.commands.executeCommand('vscode.diff', one.uri, other.uri, names.join(' ↔ '));
  return [one.uri, other.uri];
}

/** The text of a virtual document. Rejects with why there is none, which VS Code shows in its place. */
export async function readDocument(
  { sessions, fresh }: Pick<DocumentContext, 'sessions' | 'fresh'>,
  uri: vscode.Uri,
): Promise<string> {
  const text = fresh.get(uri.toString());
  fresh.delete(uri.toString());
  if (text !== undefined) return text;
  const subject = readSubject(uri.query);
  if (!subject) throw new UserError('This is no document of MLflow Lens.');
  const { catalog, connection } = await demandSession(sessions);
  if (connection.uri !== subject.connectionUri) {
    throw new UserError(
      `This document belongs to ${subject.connectionUri}, but MLflow Lens is connected to ${connection.uri} now.`,
    );
  }
  return await readText(catalog, subject);
}
