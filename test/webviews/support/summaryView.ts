import { copyText, ready } from '../../../webviews/protocol/panel';
import {
  loadArtifacts,
  openParent,
  refresh,
  runAction,
  show,
  type ArtifactRow,
  type RunSummary,
  type RunSummarySnapshot,
  type RunSummarySubject,
} from '../../../webviews/protocol/runSummary';
import { subject } from './runSummaries';
import { OpenedView } from './openedView';
import type { OpenOptions, ViewBench } from './viewPage';

export type Folders = Readonly<Record<string, readonly ArtifactRow[]>>;

/** A run's artifacts; the folder `broken` cannot be read. */
export const someFolders: Folders = {
  '': [
    { path: 'model', isDirectory: true },
    { path: 'broken', isDirectory: true },
    { path: 'config.yaml', isDirectory: false, size: 812 },
  ],
  model: [{ path: 'model/MLmodel', isDirectory: false, size: 1211 }],
};

/** The summary of a run in a browser, and what it asked of the extension. */
export class SummaryView extends OpenedView {
  readonly copied: string[] = [];
  readonly asked: string[] = [];

  /** Opens the view on a run, and waits until that is shown. */
  static async open(bench: ViewBench, run: RunSummary, options: SummaryOptions = {}): Promise<SummaryView> {
    const opened = await SummaryView.openWith(bench, { kind: 'ready', subject, run }, options);
    await opened.page.waitForSelector('h1');
    return opened;
  }

  static async openWith(
    bench: ViewBench,
    snapshot: RunSummarySnapshot,
    { folders = someFolders, ...options }: SummaryOptions = {},
  ): Promise<SummaryView> {
    const view = await bench.open(options);
    const opened = new SummaryView(view);
    opened.answer(folders);
    view.channel.listen(ready, () => {
      opened.show(snapshot);
    });
    await view.load();
    return opened;
  }

  show(snapshot: RunSummarySnapshot): void {
    this.view.channel.send(show, snapshot);
  }

  showRun(run: RunSummary, of: RunSummarySubject = subject): void {
    this.show({ kind: 'ready', subject: of, run });
  }

  private answer(folders: Folders): void {
    const { channel } = this.view;
    channel.listen(runAction, ({ action }) => this.asked.push(action));
    channel.listen(openParent, () => this.asked.push('openParent'));
    channel.handle(refresh, () => {
      this.asked.push('refresh');
      return null;
    });
    channel.handle(copyText, ({ text }) => {
      this.copied.push(text);
      return null;
    });
    channel.handle(loadArtifacts, ({ path }) => {
      this.asked.push(`artifacts ${path}`);
      const rows = folders[path];
      if (!rows) throw new Error('The server answered 500.');
      return rows;
    });
  }
}

export interface SummaryOptions extends OpenOptions {
  readonly folders?: Folders;
}
