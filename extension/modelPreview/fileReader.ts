import type { Disposable, Event } from '../catalog/emitter';
import type { Sessions } from '../session';
import { Lifetime } from '../ui/lifetime';
import type { PanelFrame } from '../ui/panelHost';
import { UserError } from '../ui/userError';
import type { SourceRun } from '../../webviews/protocol/modelPreview';
import { runIdOf } from './composeModel';
import { readModel, type ReadModel } from './readModel';
import type { ModelFiles } from './fileText';
import type { ModelDisplay, ModelReader } from './modelReader';
import { readSourceRun } from './storedSources';

/** The folder of an MLmodel, wherever that lies; it tells when something in it changed, until it is disposed. */
export interface ModelFolder extends ModelFiles, Disposable {
  /** For people. */
  readonly name: string;
  readonly onDidChange: Event<void>;
  /** What Python's `load_model` takes for the model in it. */
  uriFor(read: ReadModel): string;
}

export interface FileReaderSources {
  readonly folder: ModelFolder;
  readonly panel: Pick<PanelFrame, 'isVisible' | 'onDidChangeVisibility'>;
  readonly sessions: Pick<Sessions, 'state' | 'onDidChange'>;
  readonly display: ModelDisplay;
}

/** Reads a model out of a folder as its files change. Of its run it tells what the connection knows, if there is one. */
export class FileReader implements ModelReader {
  private readonly lifetime = new Lifetime();
  private last: ReadModel | undefined;
  private run: SourceRun | undefined;
  /** Counts what was asked for, so that a late answer is told from the last one. */
  private turn = 0;
  private isStale = false;

  constructor(private readonly sources: FileReaderSources) {
    const { folder, panel, sessions } = sources;
    this.lifetime.add(folder);
    this.lifetime.add(
      folder.onDidChange(() => {
        this.catchUp();
      }),
    );
    this.lifetime.add(
      panel.onDidChangeVisibility(() => {
        if (this.isStale) this.catchUp();
      }),
    );
    this.lifetime.add(sessions.onDidChange(() => void this.readRun()));
  }

  async load(): Promise<void> {
    const turn = ++this.turn;
    this.isStale = false;
    const { folder, display } = this.sources;
    try {
      await readModel(folder, (read) => turn === this.turn && this.take(read), this.last);
      if (turn === this.turn) await this.readRun();
    } catch (error) {
      if (turn === this.turn) display.fail(error);
    }
  }

  refresh(): Promise<void> {
    return this.load();
  }

  mayPass(): boolean {
    return false;
  }

  dispose(): void {
    this.turn++;
    this.lifetime.dispose();
  }

  private catchUp(): void {
    if (this.sources.panel.isVisible) void this.load();
    else this.isStale = true;
  }

  private take(read: ReadModel): void {
    if (read.problem !== undefined) throw new UserError(read.problem);
    this.last = read;
    const runId = runIdOf(read.model);
    if (runId !== this.run?.id) this.run = runId === undefined ? undefined : { id: runId };
    this.publish();
  }

  private async readRun(): Promise<void> {
    const { state } = this.sources.sessions;
    const { run } = this;
    if (!run || state.kind !== 'ready') return;
    const found = await readSourceRun(state.session.catalog, run.id);
    // A run of another server is no trouble: the file may come from anywhere.
    if (run !== this.run || found.problem !== undefined) return;
    this.run = found;
    this.publish();
  }

  private publish(): void {
    if (!this.last) return;
    const { folder, sessions, display } = this.sources;
    const { state } = sessions;
    display.show(this.last, {
      name: folder.name,
      uri: folder.uriFor(this.last),
      ...(this.run ? { run: this.run } : {}),
      findVersion: (modelName, version) =>
        state.kind === 'ready' ? state.session.catalog.findVersion(modelName, version) : undefined,
    });
  }
}
