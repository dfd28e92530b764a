import type { Disposable } from '../catalog/emitter';
import type { Sessions } from '../session';
import { Lifetime } from '../ui/lifetime';
import type { PanelFrame } from '../ui/panelHost';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import {
  copyExample,
  openFile,
  openInBrowser,
  openRun,
  openVersion,
  refresh,
  show,
  type FilePlace,
  type ModelPreviewSnapshot,
  type ModelSubject,
  type VersionPlace,
} from '../../webviews/protocol/modelPreview';
import { composeModel, type AboutModel } from './composeModel';
import type { ReadModel } from './readModel';
import { FileReader, type ModelFolder } from './fileReader';
import { isInside } from './fileText';
import type { ModelReader } from './modelReader';
import { StoredReader } from './storedReader';
import { sayWhy } from './storedSources';

export interface ModelPreviewSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  /** The folder of the MLmodel at a URI. */
  readonly openFolder: (uri: string) => ModelFolder;
  readonly openFile: (subject: ModelSubject, place: FilePlace) => unknown;
  readonly openRun: (runId: string) => unknown;
  readonly openVersion: (place: VersionPlace) => unknown;
  readonly openInBrowser: (place: VersionPlace) => unknown;
  readonly copy: (text: string) => Thenable<void>;
}

/** As much of a model's name as fits a tab. */
const longestTitle = 60;

/** One panel that shows one model at a time. Ends with its panel. */
export class ModelPreviewPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private reader: ModelReader | undefined;
  private last: ReadModel | undefined;
  private snapshot: ModelPreviewSnapshot;

  constructor(
    private readonly panel: PanelFrame,
    private readonly sources: ModelPreviewSources,
    subject: ModelSubject,
  ) {
    this.snapshot = { kind: 'loading', subject };
    this.answer();
    this.lifetime.add(
      panel.onDidBecomeReady(() => {
        this.send();
      }),
    );
    this.lifetime.add(
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.begin(subject);
  }

  get subject(): ModelSubject {
    return this.snapshot.subject;
  }

  /** Shows a model instead of the one before; the same one is read again if it could not be. */
  show(subject: ModelSubject): void {
    const isSame = JSON.stringify(subject) === JSON.stringify(this.subject);
    if (isSame && this.snapshot.kind === 'ready') return;
    this.begin(subject);
  }

  /** Brings it to the front; beside the active editor if it would cover that where it is. */
  reveal(preserveFocus: boolean, column: 'active' | 'beside'): void {
    const moves = column === 'beside' && !this.panel.isVisible;
    this.panel.reveal(preserveFocus, moves ? 'beside' : undefined);
  }

  dispose(): void {
    this.reader?.dispose();
    this.lifetime.dispose();
  }

  private begin(subject: ModelSubject): void {
    this.reader?.dispose();
    this.last = undefined;
    this.become({ kind: 'loading', subject });
    this.reader = this.newReader(subject);
    void this.reader.load();
  }

  private newReader(subject: ModelSubject): ModelReader {
    const { panel, sources } = this;
    const { sessions } = sources;
    const isCurrent = () => this.subject === subject;
    const display = {
      show: (read: ReadModel, about: AboutModel) => {
        if (isCurrent()) this.publish(read, about);
      },
      fail: (error: unknown) => {
        if (isCurrent()) this.fail(error);
      },
    };
    return subject.kind === 'file'
      ? new FileReader({ folder: sources.openFolder(subject.uri), panel, sessions, display })
      : new StoredReader({ subject, panel, sessions, display });
  }

  private publish(read: ReadModel, about: AboutModel): void {
    const { subject } = this;
    this.last = read;
    const model = composeModel(read, about);
    this.become({ kind: 'ready', subject, model });
    const name = subject.kind === 'version' ? `${model.name} ${subject.version}` : model.name;
    this.panel.title = plainText(name, longestTitle) || 'MLmodel';
  }

  /** Shows what failed, unless the model is there to see and the failure says nothing against it. */
  private fail(error: unknown): void {
    if (this.snapshot.kind === 'ready' && this.reader?.mayPass(error)) return;
    this.become({ kind: 'failed', subject: this.subject, cause: sayWhy(error) });
  }

  private answer(): void {
    const { channel } = this.panel;
    const { sources } = this;
    channel.handle(refresh, () => this.refresh());
    channel.handle(copyExample, () => this.copyExample());
    channel.listen(openFile, (place) => {
      if (this.hasFile(place.name)) sources.openFile(this.subject, place);
    });
    channel.listen(openRun, () => {
      const run = this.snapshot.kind === 'ready' ? this.snapshot.model.run : undefined;
      if (run) sources.openRun(run.id);
    });
    channel.listen(openVersion, (place) => {
      sources.openVersion(place);
    });
    channel.listen(openInBrowser, () => {
      if (this.subject.kind === 'version') sources.openInBrowser(this.subject);
    });
  }

  /** The view may only name what it was shown. */
  private hasFile(name: string): boolean {
    const model = this.snapshot.kind === 'ready' ? this.snapshot.model : undefined;
    return isInside(name) && (model?.files.some((file) => file.name === name) ?? false);
  }

  private async refresh(): Promise<null> {
    if (this.snapshot.kind === 'failed') this.become({ kind: 'loading', subject: this.subject });
    await this.reader?.refresh();
    return null;
  }

  private async copyExample(): Promise<null> {
    const path = this.last?.model.inputExample?.path?.text ?? '';
    const file = this.last?.texts.get(path);
    if (file?.kind !== 'text') throw new UserError('The example is not there.');
    await this.sources.copy(file.text);
    return null;
  }

  private become(snapshot: ModelPreviewSnapshot): void {
    const isNews = JSON.stringify(snapshot) !== JSON.stringify(this.snapshot);
    // The subject stays the very object that the reader was made for.
    this.snapshot = snapshot;
    if (isNews) this.send();
  }

  private send(): void {
    this.panel.channel.send(show, this.snapshot);
  }
}
