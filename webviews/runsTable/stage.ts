import type { RunsTableSnapshot } from '../protocol/runsTable';
import { Sight } from '../shared/sight';
import { Page, type PageActions } from './page';
import { tableBones } from './placeholders';
import { readScroll, type SavedState, type ScrollPosition } from './savedState';
import type { CreateTableBar } from './tableHost';

export interface StageActions extends Omit<PageActions, 'scrolled'> {
  /** What is to be found again after the view was hidden. */
  changed(state: SavedState): void;
}

/** What is in sight: the table, its bones while it loads, or why it cannot be read. */
export class Stage {
  private readonly sight = new Sight('These runs could not be read', () => this.actions.refresh());
  private readonly page: Page;
  private snapshot: RunsTableSnapshot | undefined;
  private isFilled = false;
  private scroll: ScrollPosition | undefined;

  constructor(
    private readonly actions: StageActions,
    createBar: CreateTableBar,
    private readonly savedState: unknown,
  ) {
    const scrolled = (position: ScrollPosition) => {
      this.scroll = position;
      this.save();
    };
    this.page = new Page({ ...actions, scrolled }, createBar);
  }

  get element(): HTMLElement {
    return this.sight.element;
  }

  show(snapshot: RunsTableSnapshot): void {
    this.snapshot = snapshot;
    switch (snapshot.kind) {
      case 'loading':
        this.sight.wait(() => (this.isFilled ? undefined : tableBones()));
        break;
      case 'failed':
        this.sight.fail(snapshot.cause);
        break;
      case 'ready':
        this.sight.show(this.page.element);
        this.page.show(snapshot);
        this.scrollOnce(snapshot);
    }
    if (snapshot.kind !== 'loading') this.isFilled = snapshot.kind === 'ready';
    this.save();
  }

  setFont(fontSize: number): void {
    this.page.setFont(fontSize);
  }

  /** False when there is no filter to go to. */
  focusFilter(): boolean {
    if (this.page.element.isConnected) this.page.focusFilter();
    return this.page.element.isConnected;
  }

  /** Goes back to where one was when the view was last seen. */
  private scrollOnce({ subject }: RunsTableSnapshot): void {
    if (this.scroll) return;
    this.scroll = readScroll(this.savedState, subject);
    this.page.scrollTo(this.scroll);
  }

  private save(): void {
    if (!this.snapshot) return;
    const { subject, arrangement } = this.snapshot;
    const scroll = this.scroll ?? readScroll(this.savedState, subject);
    this.actions.changed({ subject, arrangement, scroll });
  }
}
