import { button, element } from './dom';
import { icon } from './icons';
import { visibleText } from './text';

/** A wait as short as this one shows nothing: a flash would only disturb. */
const patience = 150;
const longestCause = 2000;

/** What is in sight of a view: its page, the page's bones while it loads, or why there is nothing to see. */
export class Sight {
  readonly element: HTMLElement;
  private readonly content = element('div', { class: 'content' });
  private readonly progress = element(
    'div',
    { class: 'progress', role: 'progressbar', aria: { label: 'Loading' }, hidden: true },
    element('div', { class: 'progress-bit' }),
  );
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** What cannot be shown, as the title of a failure: `This run could not be read`. */
    private readonly failureTitle: string,
    /** Tries again; settles when something else was shown. */
    private readonly tryAgain: () => Promise<unknown>,
  ) {
    this.element = element('div', { class: 'sight' }, this.progress, this.content);
  }

  /** Something is being loaded. If that lasts, progress is shown, over the bones where there are any. */
  wait(bones: () => HTMLElement | undefined): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.progress.hidden = false;
      const shown = bones();
      if (shown) this.put(shown);
    }, patience);
  }

  show(page: HTMLElement): void {
    this.settle();
    this.put(page);
  }

  /** Why there is nothing to see, and the way to try again. */
  fail(cause: string, ...details: readonly HTMLElement[]): void {
    this.settle();
    const retry = (): void => {
      this.tryAgain().catch((error: unknown) => {
        this.fail(error instanceof Error ? error.message : String(error), ...details);
      });
    };
    this.put(
      element(
        'div',
        { class: 'failure', role: 'alert', tabIndex: -1 },
        icon('failed'),
        element('h1', {}, this.failureTitle),
        element('p', { class: 'stranger' }, visibleText(cause.slice(0, longestCause))),
        ...details,
        button({ class: 'button primary', onClick: retry }, icon('refresh'), 'Retry'),
      ),
    );
  }

  private settle(): void {
    clearTimeout(this.waiting);
    this.progress.hidden = true;
  }

  /** Puts something in sight; the focus goes with it where it was in what went. */
  private put(next: HTMLElement): void {
    if (this.content.firstElementChild === next) return;
    const hadFocus = this.content.contains(document.activeElement);
    this.content.replaceChildren(next);
    if (hadFocus) next.focus({ preventScroll: true });
  }
}

/** What stands where a page will be: bones of it, without a word but for those who hear it. */
export function skeleton(label: string, ...bones: readonly HTMLElement[]): HTMLElement {
  const aria = { label, busy: 'true' };
  return element('div', { class: 'skeleton', role: 'status', tabIndex: -1, aria }, ...bones);
}

export function bone(kind: string): HTMLElement {
  return element('div', { class: `bone ${kind}` });
}
