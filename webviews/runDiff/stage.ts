import type { RunDiffSnapshot, RunDiffSubject } from '../protocol/runDiff';
import { Sight } from '../shared/sight';
import { Page, type PageActions } from './page';
import { diffBones } from './placeholders';
import type { Arrangement, SavedState } from './state';

export interface StageActions extends Omit<PageActions, 'arranged'> {
  /** What is to be found again after the view was hidden. */
  changed(state: SavedState): void;
}

/** What is in sight: the comparison, its bones while it loads, or why it cannot be read. */
export class Stage {
  private readonly sight = new Sight('These runs could not be read', () => this.actions.refresh());
  private readonly page: Page;
  private subject: RunDiffSubject | undefined;
  private isFilled = false;

  constructor(
    private readonly actions: StageActions,
    private arrangement: Arrangement,
  ) {
    const arranged = (changed: Arrangement) => {
      this.arrangement = changed;
      this.save();
    };
    this.page = new Page({ ...actions, arranged }, arrangement);
  }

  get element(): HTMLElement {
    return this.sight.element;
  }

  show(snapshot: RunDiffSnapshot): void {
    this.subject = snapshot.subject;
    switch (snapshot.kind) {
      case 'loading':
        this.sight.wait(() => (this.isFilled ? undefined : diffBones()));
        return;
      case 'failed':
        this.sight.fail(snapshot.cause);
        break;
      case 'ready':
        this.sight.show(this.page.element);
        this.page.show(snapshot.diff);
    }
    this.isFilled = snapshot.kind === 'ready';
    this.save();
  }

  /** False when there is no filter to go to. */
  focusFilter(): boolean {
    if (this.page.element.isConnected) this.page.focusFilter();
    return this.page.element.isConnected;
  }

  clearFilter(): boolean {
    return this.page.element.isConnected && this.page.clearFilter();
  }

  private save(): void {
    if (this.subject) this.actions.changed({ ...this.subject, ...this.arrangement });
  }
}
