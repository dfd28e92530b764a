import {
  copyExample,
  openFile,
  openInBrowser,
  openRun,
  openVersion,
  refresh,
  show,
  type ModelPreview,
  type ModelPreviewSnapshot,
  type ModelSubject,
} from '../../../webviews/protocol/modelPreview';
import { copyText, ready } from '../../../webviews/protocol/panel';
import { fileSubject } from './modelPreviews';
import { OpenedView } from './openedView';
import type { OpenOptions, ViewBench } from './viewPage';

/** The preview of a model in a browser, and what it asked of the extension. */
export class ModelView extends OpenedView {
  readonly copied: string[] = [];
  readonly asked: string[] = [];

  /** Opens the view on a model, and waits until that is shown. */
  static async open(bench: ViewBench, model: ModelPreview, options: OpenOptions = {}): Promise<ModelView> {
    const subject = fileSubject;
    const opened = await ModelView.openWith(bench, { kind: 'ready', subject, model }, options);
    await opened.page.waitForSelector('h1');
    return opened;
  }

  static async openWith(
    bench: ViewBench,
    snapshot: ModelPreviewSnapshot,
    options: OpenOptions = {},
  ): Promise<ModelView> {
    const view = await bench.open(options);
    const opened = new ModelView(view);
    opened.answer();
    view.channel.listen(ready, () => {
      opened.show(snapshot);
    });
    await view.load();
    return opened;
  }

  show(snapshot: ModelPreviewSnapshot): void {
    this.view.channel.send(show, snapshot);
  }

  showModel(model: ModelPreview, subject: ModelSubject = fileSubject): void {
    this.show({ kind: 'ready', subject, model });
  }

  override async texts(selector: string): Promise<string[]> {
    return (await super.texts(selector)).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  override async focused(): Promise<string> {
    return (await super.focused()).replace(/\s+/g, ' ').trim();
  }

  private answer(): void {
    const { channel } = this.view;
    const note = (text: string) => this.asked.push(text);
    channel.listen(openFile, ({ name, line }) => note(`file ${name} ${line}`));
    channel.listen(openVersion, ({ modelName, version }) => note(`version ${modelName} ${version}`));
    channel.listen(openRun, () => note('run'));
    channel.listen(openInBrowser, () => note('browser'));
    channel.handle(refresh, () => {
      note('refresh');
      return null;
    });
    channel.handle(copyExample, () => {
      note('example');
      return null;
    });
    channel.handle(copyText, ({ text }) => {
      this.copied.push(text);
      return null;
    });
  }
}
