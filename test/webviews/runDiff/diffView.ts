import type { Locator } from 'playwright-core';
import { ready } from '../../../webviews/protocol/panel';
import {
  columnAction,
  compareArtifact,
  copyDiff,
  loadArtifacts,
  refresh,
  show,
  type ArtifactDiff,
  type DiffCopy,
  type RunDiff,
  type RunDiffSnapshot,
  type RunDiffSubject,
} from '../../../webviews/protocol/runDiff';
import { OpenedView } from '../support/openedView';
import type { OpenOptions, ViewBench } from '../support/viewPage';
import { someFolders } from './diffs';

export interface DiffOptions extends OpenOptions {
  readonly folders?: Readonly<Record<string, ArtifactDiff>>;
}

/** A comparison in a browser, and what it asked of the extension. */
export class DiffView extends OpenedView {
  readonly asked: string[] = [];
  readonly copied: DiffCopy[] = [];

  /** Opens the view on a comparison, and waits until that is shown. */
  static async open(bench: ViewBench, diff: RunDiff, options: DiffOptions = {}): Promise<DiffView> {
    const opened = await DiffView.openWith(bench, { kind: 'ready', subject: subjectOf(diff), diff }, options);
    await opened.page.waitForSelector('.run-name');
    return opened;
  }

  static async openWith(
    bench: ViewBench,
    snapshot: RunDiffSnapshot,
    { folders = someFolders, ...options }: DiffOptions = {},
  ): Promise<DiffView> {
    const view = await bench.open(options);
    const opened = new DiffView(view);
    opened.answer(folders);
    view.channel.listen(ready, () => opened.show(snapshot));
    await view.load();
    return opened;
  }

  show(snapshot: RunDiffSnapshot): void {
    this.view.channel.send(show, snapshot);
  }

  showDiff(diff: RunDiff): void {
    this.show({ kind: 'ready', subject: subjectOf(diff), diff });
  }

  /** The heading of a part: `Parameters`. */
  heading(title: string): Locator {
    return this.page.locator('.heading', {
      has: this.page.getByRole('button', { name: title, exact: true }),
    });
  }

  /** The row of a key. */
  row(key: string): Locator {
    return this.page.locator('.row', { has: this.page.locator(`.key > .stranger:text-is("${key}")`) });
  }

  /** What the row of a key shows, run by run, as a screen reader has it. */
  async cells(key: string): Promise<readonly string[]> {
    const texts = await this.row(key).locator('.cell').allTextContents();
    return texts.map((text) => text.trim());
  }

  async keys(part: string): Promise<readonly string[]> {
    return await this.page.locator(`.part-${part} .row .key > .stranger`).allTextContents();
  }

  /** Chooses from the menu of a run's column. */
  async choose(run: string, item: string): Promise<void> {
    await this.page.locator('.run-name', { hasText: run }).first().click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Chooses from the menu of what the run at that place has of a file. */
  async chooseOfFile(key: string, run: number, item: string): Promise<void> {
    await this.row(key).locator('.cell').nth(run).locator('.file-opener').click();
    await this.page.getByRole('menuitem', { name: item }).click();
    await this.page.locator('.menu').waitFor({ state: 'detached' });
  }

  private answer(folders: Readonly<Record<string, ArtifactDiff>>): void {
    const { channel } = this.view;
    channel.listen(columnAction, ({ action, runId }) => this.asked.push(`${action} ${runId}`));
    channel.listen(compareArtifact, ({ path, runIds }) =>
      this.asked.push(`compare ${path} of ${runIds.join(' and ')}`),
    );
    channel.handle(refresh, () => {
      this.asked.push('refresh');
      return null;
    });
    channel.handle(copyDiff, (wanted) => {
      this.copied.push(wanted);
      return null;
    });
    channel.handle(loadArtifacts, ({ path }) => {
      this.asked.push(`artifacts ${path}`);
      const diff = folders[path];
      if (!diff) throw new Error('The server answered 500.');
      return diff;
    });
  }
}

export function subjectOf(diff: RunDiff): RunDiffSubject {
  const runIds = diff.runs.map(({ id }) => id);
  return { runIds, connectionUri: 'http://127.0.0.1:5000', baselineId: runIds[diff.baseline] ?? '' };
}
