import {
  type CancellationToken,
  type Connection,
  DocumentDiagnosticReportKind,
  type Event,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { guarded } from './guarded';
import type { DiagnosticReports } from './diagnosticReports';
import type { WorkspaceOwners } from './workspaceOwners';

/** Reports in one message of partial results. */
const batch = 50;

interface DiagnosingWorkspace {
  readonly connection: Connection;
  readonly reports: DiagnosticReports;
  readonly workspaceOwners: WorkspaceOwners;
  /** What is said may be another now without any edit. */
  readonly onDidChange: Event<void>;
}

interface Question {
  readonly params: WorkspaceDiagnosticParams;
  readonly partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined;
}

/**
 * Answers for all MLprojects and MLmodels of the workspace. One who asks again is answered once there is news, where the client tells of
 * files that change: VS Code asks every two seconds for as long as its window is open.
 */
export function serveWorkspaceDiagnostics({
  connection,
  reports,
  workspaceOwners,
  onDidChange,
}: DiagnosingWorkspace): void {
  const fallback: WorkspaceDiagnosticReport = { items: [] };
  const guard = { name: 'Workspace diagnostics', fallback, log: connection.console };
  let isFirst = true;
  const answer = guarded(guard, async ({ params, partial }: Question, token) => {
    // Listening from now on: what changes while this is read is news, too.
    const news = workspaceOwners.isWatched ? next(onDidChange, token) : undefined;
    const previous = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
    const uris = await workspaceOwners.uris();
    let items = params.previousResultIds.filter(({ uri }) => !uris.includes(uri)).map(emptyReport);
    let isNews = isFirst || items.length > 0;
    isFirst = false;
    for await (const report of reports.ofOwners(uris, previous, token)) {
      isNews ||= report.kind === DocumentDiagnosticReportKind.Full;
      items.push(report);
      if (!partial || items.length < batch) continue;
      partial.report({ items });
      items = [];
    }
    if (!isNews) await news;
    return { items };
  });
  connection.languages.diagnostics.onWorkspace((params, token, _, partial) =>
    answer({ params, partial }, token),
  );
}

/** Of a file that is there no more. */
function emptyReport({ uri }: { readonly uri: string }): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] };
}

function next(event: Event<void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const listening of [changing, cancelling]) listening.dispose();
      resolve();
    };
    const changing = event(done);
    const cancelling = token.onCancellationRequested(done);
  });
}
