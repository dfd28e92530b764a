import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { findDescription, readDescription, readPlace, type Description } from '../editing/descriptions';
import type { Editing } from '../editing/editing';
import { findLengthProblem } from '../editing/limits';
import type { Session, Sessions } from '../session';
import { causeOf, TrackingError } from '../tracking/errors';
import { demandSessionOf } from './demandSession';
import type { Lazy } from './lazy';
import { descriptionScheme } from './openDescription';
import type { Report } from './report';
import { TextDocuments } from './textDocuments';

export interface DescriptionFilesOptions {
  readonly sessions: Sessions;
  readonly editing: Lazy<Editing>;
  readonly report: Pick<Report, 'ask'>;
}

/** Told which document others changed, so that VS Code reads it again. */
export type OnDescriptionChanged = (uri: vscode.Uri) => void;

/** What was last read or written of a document. */
interface Known {
  readonly text: string;
  readonly mtime: number;
}

/**
 * Descriptions as files: saving one changes it in the store. What others changed since it was read is never overwritten unasked:
 * by ourselves, since VS Code would only notice where the length has changed.
 */
export class DescriptionFiles {
  private readonly known = new Map<string, Known>();
  private readonly theirs = new TextDocuments('mlflow-description-theirs');

  private readonly sessionsFollowed: Disposable;
  private catalogFollowed: Disposable | undefined;

  constructor(
    private readonly options: DescriptionFilesOptions,
    private readonly onChanged: OnDescriptionChanged,
  ) {
    this.sessionsFollowed = options.sessions.onDidChange(() => {
      this.followCatalog();
    });
    this.followCatalog();
  }

  /** VS Code asks whenever the user comes back to the document. One with changes of theirs stands as it was opened, until it is saved. */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const isDirty = openDocuments().some((one) => one.isDirty && one.uri.toString() === uri.toString());
    const known = isDirty ? this.known.get(uri.toString()) : undefined;
    const { text, mtime } = known ?? (await this.read(uri));
    return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.read(uri)).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = Buffer.from(content).toString('utf8');
    await orUnavailable(async () => {
      const session = await this.demandSession(uri);
      const now = await readDescription(session, demandPlace(uri));
      const { longest = Number.POSITIVE_INFINITY } = now;
      const problem = findLengthProblem(`The description of ${now.name}`, text, longest);
      if (problem !== undefined) throw new Error(problem);
      if (text !== now.text) await this.write(uri, session, now, text);
      this.know(uri, text);
    });
  }

  dispose(): void {
    this.sessionsFollowed.dispose();
    this.catalogFollowed?.dispose();
    this.theirs.dispose();
  }

  private followCatalog(): void {
    const { state } = this.options.sessions;
    this.catalogFollowed?.dispose();
    this.catalogFollowed =
      state.kind === 'ready'
        ? state.session.catalog.onDidChange(() => void this.catchUp(state.session))
        : undefined;
  }

  /** Has VS Code read again what is open and unchanged by the user, where the catalog has it otherwise. Never rejects. */
  private async catchUp({ catalog, connection }: Session): Promise<void> {
    for (const document of openDocuments()) {
      const { uri } = document;
      const place = readPlace(uri.query);
      if (place?.connectionUri !== connection.uri) continue;
      const text = await findDescription(catalog, place).catch(() => undefined);
      const known = this.known.get(uri.toString());
      if (document.isDirty || text === undefined || !known || text === known.text) continue;
      this.know(uri, text);
      this.onChanged(uri);
    }
  }

  private async write(uri: vscode.Uri, session: Session, now: Description, text: string): Promise<void> {
    const known = this.known.get(uri.toString());
    if (known && known.text !== now.text) await this.settleConflict(uri, now);
    // VS Code tells that, and why, a document could not be saved.
    await (await this.options.editing.demand()).runOne(session, now.edit(text));
  }

  /** Returns where the user would overwrite what others wrote meanwhile. */
  private async settleConflict(uri: vscode.Uri, now: Description): Promise<void> {
    const question = `The description of ${now.name} was changed by somebody else since you opened it.`;
    const choice = await this.options.report.ask(
      question,
      'Saving would overwrite it.',
      'Overwrite',
      'Compare',
    );
    if (choice === 'Overwrite') return;
    // Seen by then: saving once more is meant.
    if (choice === 'Compare') {
      this.know(uri, now.text);
      const theirs = this.theirs.set(uri.path.slice(1), now.text);
      const title = `${uri.path.slice(1)} (now in MLflow ↔ yours)`;
      void vscode.commands.executeCommand('vscode.diff', theirs, uri, title);
    }
    throw new Error('It was changed by somebody else meanwhile, and is not overwritten.');
  }

  private async read(uri: vscode.Uri): Promise<Known> {
    const place = demandPlace(uri);
    return await orUnavailable(async () => {
      const session = await this.demandSession(uri);
      return this.know(uri, (await readDescription(session, place)).text);
    });
  }

  private demandSession(uri: vscode.Uri): Promise<Session> {
    return demandSessionOf(this.options.sessions, demandPlace(uri).connectionUri, 'This description belongs');
  }

  private know(uri: vscode.Uri, text: string): Known {
    const before = this.known.get(uri.toString());
    const known =
      before?.text === text ? before : { text, mtime: Math.max(Date.now(), (before?.mtime ?? 0) + 1) };
    this.known.set(uri.toString(), known);
    return known;
  }
}

function openDocuments(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === descriptionScheme);
}

function demandPlace(uri: vscode.Uri) {
  const place = readPlace(uri.query);
  if (!place) throw vscode.FileSystemError.FileNotFound(uri);
  return place;
}

/** As VS Code understands failures of files. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isGone = error instanceof TrackingError && error.kind === 'notFound';
    throw isGone
      ? vscode.FileSystemError.FileNotFound(causeOf(error))
      : vscode.FileSystemError.Unavailable(causeOf(error));
  }
}
