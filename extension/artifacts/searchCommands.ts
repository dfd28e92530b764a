import * as vscode from 'vscode';
import type { RunTarget } from '../manifest';
import { toArtifactUri } from '../ui/artifactUri';
import { demandSession } from '../ui/demandSession';
import { askText } from '../ui/inputs';
import { pickFrom, wholeList } from '../ui/pick';
import { pickRun } from '../ui/pickRun';
import { joinFacts, plainText } from '../ui/text';
import { withCancel } from '../ui/withCancel';
import { runIdOf, type ArtifactContext } from './openCommands';
import { searchArtifacts, type ArtifactMatch, type ArtifactSearch } from './searchArtifacts';

/**
 * `mlflow.artifact.search`: looks through the artifacts of a run, which VS Code's own search does not reach, and opens what the
 * user picks among the matches.
 */
export async function searchRun(
  { sessions, report, selection }: ArtifactContext,
  given: RunTarget | undefined,
): Promise<void> {
  const runId = runIdOf(given ?? selection()[0]) ?? (await pickRun(sessions))?.runId;
  if (runId === undefined) return;
  const { catalog, connection } = await demandSession(sessions);
  const run = await catalog.run(runId);
  const name = plainText(run.name || run.id, 40);
  const words = await askText({
    title: `Search Artifacts of ${name}`,
    prompt: 'Looked for in the paths of all files, and in the texts of those up to 1 MB',
    placeholder: 'Words, in upper or lower case',
  });
  if (!words) return;
  const found = await withCancel(`Searching the artifacts of ${name}`, (signal, advance) =>
    searchArtifacts(catalog, runId, words, signal, advance),
  );
  const scope = describeScope(found);
  if (found.matches.length === 0) {
    report.info(`No artifact of ${name} has “${plainText(words, 40)}” in its path or text: ${scope}.`);
    return;
  }
  const match = await pickFrom<ArtifactMatch>({
    title: `“${plainText(words, 40)}” in the artifacts of ${name}: ${scope}`,
    placeholder: 'Type to narrow the matches; choose one to open it',
    ...wholeList(found.matches),
    describe: describeMatch,
  });
  if (match) await openMatch(vscode.Uri.from(toArtifactUri(connection, { runId, path: match.path })), match);
}

function describeMatch({ path, line, text }: ArtifactMatch): { label: string; description?: string } {
  return line === undefined ? { label: path } : { label: path, description: `${line + 1}: ${text ?? ''}` };
}

/** How much was searched. */
export function describeScope({ matches, files, unread, isCut }: ArtifactSearch): string {
  return joinFacts([
    `${matches.length} ${matches.length === 1 ? 'match' : 'matches'} in ${files} ${files === 1 ? 'file' : 'files'}`,
    unread > 0 ? `${unread} not read, as too large or no text` : '',
    isCut ? 'there is more' : '',
  ]);
}

async function openMatch(uri: vscode.Uri, { line }: ArtifactMatch): Promise<void> {
  const at = new vscode.Position(line ?? 0, 0);
  await vscode.commands.executeCommand(
    'vscode.open',
    uri,
    line === undefined ? {} : { selection: new vscode.Range(at, at) },
  );
}
