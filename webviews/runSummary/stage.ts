import type { RunSummarySnapshot, RunSummarySubject } from '../protocol/runSummary';
import { element } from '../shared/dom';
import { Page, type PageActions } from './page';
import { failure, progressBar, skeleton } from './placeholders';
import type { Arrangement, SavedState } from './state';

/** A wait as short as this one shows nothing: a flash would only disturb. */
const patience = 150;
/** How long after the last movement the place is kept. */
const scrollRest = 200;

export interface StageActions extends Omit<PageActions, 'arranged'> {
  /** What is to be found again after the view was hidden. */
  changed(state: SavedState): void;
}

/** What is in sight: the page of a run, its bones while it loads, or why it cannot be read. */
export class Stage {
  readonly element: HTMLElement;
  private readonly page: Page;
  private readonly progress = progressBar();
  private readonly content = element('div');
  private subject: RunSummarySubject | undefined;
  /** The run that the page holds, in sight or not. */
  private pageRunId: string | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly actions: StageActions,
    private arrangement: Arrangement,
    /** Where the user was before the view was hidden; taken once. */
    private lastPlace: SavedState | undefined,
  ) {
    const arranged = (changed: Arrangement) => {
      this.arrangement = changed;
      this.save();
    };
    this.page = new Page({ ...actions, arranged }, arrangement);
    this.element = element('div', { class: 'stage' }, this.progress, this.content);
    let resting: ReturnType<typeof setTimeout> | undefined;
    window.addEventListener('scroll', () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        this.save();
      }, scrollRest);
    });
  }

  show(snapshot: RunSummarySnapshot): void {
    this.subject = snapshot.subject;
    clearTimeout(this.waiting);
    if (snapshot.kind === 'loading') {
      this.waiting = setTimeout(() => {
        this.showWaiting();
      }, patience);
      return;
    }
    this.progress.hidden = true;
    if (snapshot.kind === 'failed') {
      this.put(failure(snapshot.cause, snapshot.subject.runId, () => void this.retry()));
    } else {
      this.put(this.page.element);
      this.page.show(snapshot.run);
      this.settle(snapshot.run.id);
    }
    this.save();
  }

  /** False when there is no filter to go to. */
  focusFilter(): boolean {
    const isShown = this.page.element.isConnected;
    if (isShown) this.page.focusFilter();
    return isShown;
  }

  clearFilter(): boolean {
    return this.page.element.isConnected && this.page.clearFilter();
  }

  private showWaiting(): void {
    this.progress.hidden = false;
    if (this.pageRunId !== this.subject?.runId) this.put(skeleton());
  }

  private async retry(): Promise<void> {
    try {
      await this.actions.refresh();
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (this.subject) this.show({ kind: 'failed', subject: this.subject, cause });
    }
  }

  /** Puts something in sight; the focus goes with it where it was in what went. */
  private put(next: HTMLElement): void {
    if (this.content.firstElementChild === next) return;
    const hadFocus = this.content.contains(document.activeElement);
    this.content.replaceChildren(next);
    if (hadFocus) next.focus({ preventScroll: true });
  }

  /** Another run begins at the top; the one before the view was hidden, where it was left. */
  private settle(runId: string): void {
    if (runId === this.pageRunId) return;
    this.pageRunId = runId;
    window.scrollTo({
      top: this.lastPlace?.runId === runId ? this.lastPlace.scrollTop : 0,
      behavior: 'instant',
    });
    this.lastPlace = undefined;
  }

  private save(): void {
    if (!this.subject) return;
    const scrollTop = this.page.element.isConnected ? Math.round(window.scrollY) : 0;
    const { query, folded } = this.arrangement;
    this.actions.changed({ ...this.subject, query, folded, scrollTop });
  }
}
