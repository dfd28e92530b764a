import * as vscode from 'vscode';
import type { ModelVersionTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { demandSession } from '../ui/demandSession';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { chooseRuns, type RunDiffContext } from './chooseRuns';
import { chooseVersions } from './chooseVersions';
import { readSubject, toUriParts, type DocumentSubject } from './documentUri';
import { writeRunDocument } from './runDocument';

/** Runs and files of model versions as documents that VS Code itself compares. */

/** `mlflow.run.compareInDiffEditor`: two runs as sorted documents. Answers their URIs, to be read again. */
export async function compareInDiffEditor(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const runs = await chooseRuns(context, given, { least: 2, most: 2, title: 'Choose two runs to compare' });
  if (!runs) return [];
  const { catalog, connection } = await demandSession(context.sessions);
  const documents = await Promise.all(
    runs.map(async ({ runId }) => {
      const run = await catalog.run(runId);
      const name = run.name || run.id;
      return { name, uri: toUri({ kind: 'run', connectionUri: connection.uri, runId }, name) };
    }),
  );
  return await openDiff(documents);
}

/** `mlflow.modelVersion.compare`: the MLmodel files of two versions. Answers their URIs, to be read again. */
export async function compareModelVersions(
  { sessions }: RunDiffContext,
  given: readonly (ModelVersionTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const versions = await chooseVersions(sessions, given);
  if (!versions) return [];
  const { connection } = await demandSession(sessions);
  const documents = versions.map(({ modelName, version }) => {
    const name = `${modelName} ${version}`;
    const subject = {
      kind: 'version',
      connectionUri: connection.uri,
      modelName,
      version,
      file: 'MLmodel',
    } as const;
    return { name, uri: toUri(subject, name) };
  });
  return await openDiff(documents);
}

/** The text of a virtual document. Rejects with why there is none, which VS Code shows in its place. */
export async function readDocument(sessions: Sessions, uri: vscode.Uri): Promise<string> {
  const subject = readSubject(uri.query);
  if (!subject) throw new UserError('This is no document of MLflow Lens.');
  const { catalog, connection } = await demandSession(sessions);
  if (connection.uri !== subject.connectionUri) {
    throw new UserError(
      `This document belongs to ${subject.connectionUri}, but MLflow Lens is connected to ${connection.uri} now.`,
    );
  }
  if (subject.kind === 'version') return await readVersionFile(catalog, subject);
  const run = await catalog.run(subject.runId);
  const [models] = await Promise.all([catalog.loggedModels(run), catalog.experiments()]);
  return writeRunDocument(run, catalog.findExperiment(run.experimentId)?.name, models);
}

type Catalog = Awaited<ReturnType<typeof demandSession>>['catalog'];

async function readVersionFile(
  catalog: Catalog,
  { modelName, version, file }: DocumentSubject & { readonly kind: 'version' },
): Promise<string> {
  await catalog.versions(modelName);
  const found = catalog.findVersion(modelName, version);
  if (!found) throw new UserError(`There is no version ${version} of ${modelName}.`);
  const text = await catalog.modelVersionFile(found, file);
  if (text === undefined)
    throw new UserError(`Version ${version} of ${modelName} has no ${file} that can be read.`);
  return text;
}

function toUri(subject: DocumentSubject, title: string): vscode.Uri {
  return vscode.Uri.from(toUriParts(subject, title));
}

interface Shown {
  readonly name: string;
  readonly uri: vscode.Uri;
}

async function openDiff(documents: readonly Shown[]): Promise<readonly vscode.Uri[]> {
  const [one, other] = documents;
  if (!one || !other) return [];
  // Read first, so that a failure is a message and no empty editor.
  await Promise.all([one, other].map(({ uri }) => vscode.workspace.openTextDocument(uri)));
  const title = `${plainText(one.name, 40)} ↔ ${plainText(other.name, 40)}`;
  await vscode.commands.executeCommand('vscode.diff', one.uri, other.uri, title);
  return [one.uri, other.uri];
}
