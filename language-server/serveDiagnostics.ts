import {
  CancellationToken,
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Event,
} from 'vscode-languageserver';
import type { DiagnosticReports } from './diagnosticReports';
import { guarded } from './guarded';
import type { OpenDocuments } from './openDocuments';

interface Diagnosing {
  readonly connection: Connection;
  readonly capabilities: ClientCapabilities;
  readonly documents: OpenDocuments;
  readonly reports: DiagnosticReports;
  /** What is said may be another now without any edit. */
  readonly onDidChange: Event<void>;
}

/** Answers a client that asks for diagnostics; to one that does not they are sent whenever a document changes. */
export function serveDiagnostics(diagnosing: Diagnosing): void {
  const { connection, capabilities, reports, onDidChange } = diagnosing;
  if (!capabilities.textDocument?.diagnostic) {
    pushDiagnostics(diagnosing);
    return;
  }
  const fallback: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const guard = { name: 'Diagnostics', fallback, log: connection.console };
  connection.languages.diagnostics.on(
    guarded(guard, ({ textDocument, previousResultId }: DocumentDiagnosticParams) =>
      reports.ofOpen(textDocument.uri, previousResultId),
    ),
  );
  onDidChange(() => {
    if (capabilities.workspace?.diagnostics?.refreshSupport !== true) return;
    connection.languages.diagnostics.refresh().catch(() => undefined);
  });
}

function pushDiagnostics({ connection, documents, reports, onDidChange }: Diagnosing): void {
  const guard = { name: 'Diagnostics', fallback: undefined, log: connection.console };
  const push = guarded(guard, async (uri: string) => {
    const version = documents.version(uri);
    const report = await reports.ofOpen(uri);
    // What an edit has overtaken is told by that edit.
    if (version === undefined || version !== documents.version(uri)) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: 'items' in report ? report.items : [] });
  });
  const pushAll = (uris: readonly string[]) => {
    for (const uri of uris) void push(uri, CancellationToken.None);
  };
  documents.onDidChange(({ document: { uri } }) => {
    // Which files are its environment's follows from an MLproject, and what these must say from an MLmodel.
    const isOwner = (one: string) => documents.ownerKind(one) !== undefined;
    const others = isOwner(uri) ? documents.uris().filter((one) => !isOwner(one)) : [];
    pushAll([uri, ...others]);
  });
  documents.onDidClose(({ document: { uri } }) => void connection.sendDiagnostics({ uri, diagnostics: [] }));
  onDidChange(() => {
    pushAll(documents.uris());
  });
}
