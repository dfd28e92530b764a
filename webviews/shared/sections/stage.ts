import { Sight } from '../sight';
import type { Arrangement } from './arrangement';

/** How long after the last movement the place is kept. */
const scrollRest = 200;

/** A page of sections: it is built once and keeps what the user arranged. */
export interface StagedPage<Shown> {
  readonly element: HTMLElement;
  /** `isSame`: it showed the same subject before. */
  show(shown: Shown, isSame: boolean): void;
  focusFilter(): void;
  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean;
}

/** What is to be seen of a subject. */
export type Staged<Subject, Shown> =
  | { readonly kind: 'loading'; readonly subject: Subject }
  | { readonly kind: 'failed'; readonly subject: Subject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: Subject; readonly shown: Shown };

export interface StageParts<Subject, Shown, Id extends string> {
  /** `This run could not be read`. */
  readonly failureTitle: string;
  readonly arrangement: Arrangement<Id>;
  /** Where the user was before the view was hidden. */
  readonly lastPlace: Place<Subject> | undefined;
  makePage(arranged: (arrangement: Arrangement<Id>) => void): StagedPage<Shown>;
  /** Shown while the first page of a subject loads. */
  makeBones(): HTMLElement;
  nameSubject(subject: Subject): HTMLElement;
  isSame(one: Subject, other: Subject): boolean;
  refresh(): Promise<unknown>;
  /** What is to be found again after the view was hidden. */
  changed(place: Place<Subject>, arrangement: Arrangement<Id>): void;
}

export interface Place<Subject> {
  readonly subject: Subject;
  readonly scrollTop: number;
}

/** What is in sight: the page of a subject, its bones while it loads, or why it cannot be read. */
export class Stage<Subject, Shown, Id extends string> {
  private readonly sight: Sight;
  private readonly page: StagedPage<Shown>;
  private subject: Subject | undefined;
  /** The subject that the page holds, in sight or not. */
  private pageSubject: Subject | undefined;
  private arrangement: Arrangement<Id>;
  /** Taken once. */
  private lastPlace: Place<Subject> | undefined;

  constructor(private readonly parts: StageParts<Subject, Shown, Id>) {
    ({ arrangement: this.arrangement, lastPlace: this.lastPlace } = parts);
    this.sight = new Sight(parts.failureTitle, () => parts.refresh());
    this.page = parts.makePage((changed) => {
      this.arrangement = changed;
      this.save();
    });
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

  show(staged: Staged<Subject, Shown>): void {
    const { subject } = staged;
    this.subject = subject;
    switch (staged.kind) {
      case 'loading':
        this.sight.wait(() => (this.isOnPage(subject) ? undefined : this.parts.makeBones()));
        return;
      case 'failed':
        this.sight.fail(staged.cause, this.parts.nameSubject(subject));
        break;
      case 'ready':
        this.sight.show(this.page.element);
        this.page.show(staged.shown, this.isOnPage(subject));
        this.settle(subject);
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

  /** Another subject begins at the top; the one before the view was hidden, where it was left. */
  private settle(subject: Subject): void {
    if (this.isOnPage(subject)) return;
    this.pageSubject = subject;
    const { lastPlace } = this;
    const top = lastPlace && this.parts.isSame(lastPlace.subject, subject) ? lastPlace.scrollTop : 0;
    window.scrollTo({ top, behavior: 'instant' });
    this.lastPlace = undefined;
  }

  private isOnPage(subject: Subject): boolean {
    return this.pageSubject !== undefined && this.parts.isSame(this.pageSubject, subject);
  }

  private save(): void {
    const { subject, arrangement } = this;
    if (subject === undefined) return;
    const scrollTop = this.page.element.isConnected ? Math.round(window.scrollY) : 0;
    this.parts.changed({ subject, scrollTop }, arrangement);
  }
}
