import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { diagnose } from './features/diagnose';
import type { ProjectFacts } from './features/projectFacts';
import type { OpenDocuments } from './openDocuments';
import type { Projects, Surroundings } from './projects';
import type { ResourceSettings } from './resourceSettings';
import type { ServerSettings } from './settings';

/** More files than this are not kept apart. */
const mostKept = 1_000;

interface Diagnosed {
  readonly resultId: string;
  readonly text: string;
  readonly facts: ProjectFacts;
  readonly settings: ServerSettings;
  readonly items: Diagnostic[];
}

/** Diagnostics of documents, worked out once for the same text, surroundings and settings. */
export class DiagnosticReports {
  private readonly diagnosed = new Map<string, Diagnosed>();
  private count = 0;
  /** Ids that a server of before gave, which crashed, must not be taken for ours. */
  private readonly origin = Math.random().toString(36).slice(2);

  constructor(
    private readonly documents: OpenDocuments,
    private readonly projects: Projects,
    private readonly settings: ResourceSettings,
    private readonly onDiagnosed: () => void = () => undefined,
  ) {}

  /** Of an open document; nothing of one that no project or model is concerned with. */
  async ofOpen(uri: string, previous?: string): Promise<DocumentDiagnosticReport> {
    const found = await this.projects.surroundings(uri);
    if (!found) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    return toReport(await this.diagnose(found), previous);
  }

  /** Of an MLproject or MLmodel in the workspace, open or not; undefined where there is none any more. */
  async ofOwner(uri: string, previous?: string): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    const document = await this.documents.readOwner(uri);
    if (!document) return undefined;
    const facts = await this.projects.facts(document);
    const report = toReport(await this.diagnose({ document, facts }), previous);
    return { ...report, uri, version: this.documents.version(uri) ?? null };
  }

  /** Of many, in order, skipping those that are gone, until cancelled. */
  async *ofOwners(
    uris: readonly string[],
    previous: ReadonlyMap<string, string>,
    token: CancellationToken,
  ): AsyncGenerator<WorkspaceDocumentDiagnosticReport> {
    for (const uri of uris) {
      if (token.isCancellationRequested) return;
      const report = await this.ofOwner(uri, previous.get(uri));
      if (report) yield report;
    }
  }

  private async diagnose({ document, facts }: Surroundings): Promise<Diagnosed> {
    const { uri, text } = document;
    const settings = await this.settings.of(uri);
    const known = this.diagnosed.get(uri);
    if (known?.text === text && known.facts === facts && known.settings === settings) return known;
    const resultId = `${this.origin}.${String(++this.count)}`;
    const diagnosed = { resultId, text, facts, settings, items: [...diagnose(document, facts, settings)] };
    if (this.diagnosed.size >= mostKept) this.diagnosed.clear();
    this.diagnosed.set(uri, diagnosed);
    this.onDiagnosed();
    return diagnosed;
  }
}

function toReport({ resultId, items }: Diagnosed, previous: string | undefined): DocumentDiagnosticReport {
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}
