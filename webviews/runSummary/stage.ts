import type { RunSummarySnapshot, RunSummarySubject } from '../protocol/runSummary';
import { Sight } from '../shared/sight';
import { Page, type PageActions } from './page';
import { nameRun, runBones } from './placeholders';
import type { Arrangement, SavedState } from './state';

/** How long after the last movement the place is kept. */
const scrollRest = 200;

export interface StageActions extends Omit<PageActions, 'arranged'> {
  /** What is to be found again after the view was hidden. */
  changed(state: SavedState): void;
}

/** What is in sight: the page of a run, its bones while it loads, or why it cannot be read. */
export class Stage {
  private readonly sight = new Sight('This run could not be read', () => this.actions.refresh());
  private readonly page: Page;
  private subject: RunSummarySubject | undefined;
  /** The run that the page holds, in sight or not. */
  private pageRunId: string | undefined;

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
    let resting: ReturnType<typeof setTimeout> | undefined;
    window.addEventListener('scroll', () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        this.save();
      }, scrollRest);
    });
  }

  get element(): HTMLElement {
    return this.sight.element;
  }

  show(snapshot: RunSummarySnapshot): void {
    this.subject = snapshot.subject;
    switch (snapshot.kind) {
      case 'loading':
        this.sight.wait(() => (this.pageRunId === this.subject?.runId ? undefined : runBones()));
        return;
      case 'failed':
        this.sight.fail(snapshot.cause, nameRun(snapshot.subject.runId));
        break;
      case 'ready':
        this.sight.show(this.page.element);
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
