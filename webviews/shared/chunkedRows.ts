import { element } from './dom';

/** How far outside of the window rows are drawn. */
const drawnMargin = '600px';

export interface ChunkedRowsOptions {
  readonly rowsInChunk: number;
  /** What a chunk is to a screen reader. */
  readonly role: 'rowgroup' | 'presentation';
  /** What scrolls; the window where undefined. */
  readonly scroller?: HTMLElement;
  readonly drawRow: (index: number) => HTMLElement;
}

/**
 * The rows of a grid. They are drawn a chunk at a time when they come near the window, and those that left it cost no layout,
 * so five thousand are as quick as fifty.
 */
export class ChunkedRows {
  readonly element = element('div', { class: 'rows', role: 'presentation' });
  private readonly observer: IntersectionObserver;
  private count = 0;

  constructor(private readonly options: ChunkedRowsOptions) {
    const drawNear = (entries: readonly IntersectionObserverEntry[]) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLElement) this.drawChunk(target);
      }
    };
    const root = options.scroller ?? null;
    this.observer = new IntersectionObserver(drawNear, { root, rootMargin: drawnMargin });
  }

  /** So many rows in place of those before; the first chunk is drawn at once. */
  rebuild(count: number): void {
    this.count = count;
    this.observer.disconnect();
    const chunks: HTMLElement[] = [];
    for (let start = 0; start < count; start += this.options.rowsInChunk)
      chunks.push(this.pendingChunk(start));
    this.element.replaceChildren(...chunks);
    const [first, ...others] = chunks;
    if (first) this.drawChunk(first);
    for (const chunk of others) this.observer.observe(chunk);
  }

  /** The row, drawn now if it was not yet; undefined if there is none. */
  rowAt(index: number): HTMLElement | undefined {
    const { rowsInChunk } = this.options;
    const chunk = this.element.children[Math.floor(index / rowsInChunk)];
    if (!(chunk instanceof HTMLElement)) return undefined;
    this.drawChunk(chunk);
    const row = chunk.children[index % rowsInChunk];
    return row instanceof HTMLElement ? row : undefined;
  }

  /** The rows that are drawn, in their order. */
  drawn(): Iterable<HTMLElement> {
    return this.element.querySelectorAll<HTMLElement>('.row');
  }

  private pendingChunk(start: number): HTMLElement {
    const { role } = this.options;
    const chunk = element('div', { class: 'chunk pending', role, data: { start: String(start) } });
    chunk.style.setProperty('--rows', String(this.rowsFrom(start)));
    return chunk;
  }

  private drawChunk(chunk: HTMLElement): void {
    if (!chunk.classList.contains('pending')) return;
    this.observer.unobserve(chunk);
    chunk.classList.remove('pending');
    const start = Number(chunk.dataset['start']);
    const { drawRow } = this.options;
    chunk.replaceChildren(
      ...Array.from({ length: this.rowsFrom(start) }, (_, index) => drawRow(start + index)),
    );
  }

  private rowsFrom(start: number): number {
    return Math.min(this.options.rowsInChunk, this.count - start);
  }
}
