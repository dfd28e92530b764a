import * as vscode from 'vscode';
import { readDescription, readPlace, type Description } from '../editing/descriptions';
import type { Editing } from '../editing/editing';
import { findLengthProblem } from '../editing/limits';
import type { Session, Sessions } from '../session';
import { causeOf, TrackingError } from '../tracking/errors';
import { demandSessionOf } from './demandSession';
import type { Lazy } from './lazy';
import type { Report } from './report';
import { TextDocuments } from './textDocuments';

export interface DescriptionFilesOptions {
  readonly sessions: Sessions;
  readonly editing: Lazy<Editing>;
  readonly report: Pick<Report, 'ask'>;
}

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

  constructor(private readonly options: DescriptionFilesOptions) {}

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime } = this.known.get(uri.toString()) ?? (await this.read(uri));
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
    this.theirs.dispose();
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
