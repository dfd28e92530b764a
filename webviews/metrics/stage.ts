import type { MetricsSnapshot, MetricsSubject } from '../protocol/metrics';
import { Sight } from '../shared/sight';
import type { Arrangement } from './arrangement';
import { Page, type PageActions } from './page';
import { chartBones } from './placeholders';
import type { SavedState } from './savedState';

/** How long after the last movement the place is kept. */
const rest = 200;

export interface StageActions extends Omit<PageActions, 'arranged'> {
  /** What is to be found again after the view was hidden. */
  changed(state: SavedState): void;
}

/** What is in sight: the charts, their bones while the runs load, or why these cannot be read. */
export class Stage {
  private readonly sight = new Sight('These runs could not be read', () => this.actions.refresh());
  private readonly page: Page;
  private subject: MetricsSubject | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private revealed: string | undefined;
  private hasCharts = false;

  constructor(
    private readonly actions: StageActions,
    private arrangement: Arrangement,
    /** Where the user was before the view was hidden; taken once. */
    private lastPlace: number,
  ) {
    const arranged = (changed: Arrangement) => {
      this.arrangement = changed;
      this.save();
    };
    this.page = new Page({ ...actions, arranged }, arrangement);
    this.page.scroller.addEventListener('scroll', () => {
      this.saveSoon();
    });
  }

  get element(): HTMLElement {
    return this.sight.element;
  }

  show(snapshot: MetricsSnapshot): void {
    this.subject = snapshot.subject;
    switch (snapshot.kind) {
      case 'loading':
        this.sight.wait(() => (this.hasCharts ? undefined : chartBones()));
        return;
      case 'failed':
        this.sight.fail(snapshot.cause);
        break;
      case 'ready':
        this.sight.show(this.page.element);
        this.page.show(snapshot.charts);
        this.settle();
    }
    this.save();
  }

  /** Brings the metric into sight, at once or when there are charts. */
  reveal(metric: string): void {
    this.revealed = metric;
    if (this.page.element.isConnected) this.settle();
  }

  changed(metrics: readonly string[]): void {
    this.page.changed(metrics);
  }

  /** False when there is no search to go to. */
  focusSearch(): boolean {
    const isShown = this.page.element.isConnected;
    if (isShown) this.page.focusSearch();
    return isShown;
  }

  escape(): boolean {
    return this.page.element.isConnected && this.page.escape();
  }

  /** The first charts begin where the user left them, unless one of them is asked for. */
  private settle(): void {
    if (!this.hasCharts) this.page.scroller.scrollTop = this.lastPlace;
    this.hasCharts = true;
    if (this.revealed !== undefined) this.page.reveal(this.revealed);
    this.revealed = undefined;
  }

  private saveSoon(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.save();
    }, rest);
  }

  private save(): void {
    if (!this.subject) return;
    const { connectionUri, experimentId, runIds } = this.subject;
    const scrollTop = this.page.element.isConnected
      ? Math.round(this.page.scroller.scrollTop)
      : this.lastPlace;
    const { arrangement } = this;
    this.actions.changed({ connectionUri, experimentId, runIds, arrangement, scrollTop });
  }
}
