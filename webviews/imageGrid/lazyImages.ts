import type { ImageCell } from './imageCell';

/** How many images are kept drawn, those out of sight among them. */
const mostDrawn = 200;

/** Has images drawn as they come near the screen, and forgets those that went longest ago. */
export class LazyImages {
  private readonly cells = new Map<Element, ImageCell>();
  /** In the order in which they came near. */
  private readonly drawn = new Set<ImageCell>();
  private readonly near = new Set<ImageCell>();
  private readonly observer: IntersectionObserver;

  constructor(root: Element) {
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.notice(target, isIntersecting);
        this.trim();
      },
      { root, rootMargin: '200px' },
    );
  }

  add(cell: ImageCell): void {
    this.cells.set(cell.element, cell);
    this.observer.observe(cell.element);
  }

  clear(): void {
    this.observer.disconnect();
    for (const cell of this.drawn) cell.drop();
    for (const all of [this.cells, this.drawn, this.near]) all.clear();
  }

  private notice(target: Element, isNear: boolean): void {
    const cell = this.cells.get(target);
    if (!cell) return;
    if (!isNear) {
      this.near.delete(cell);
      return;
    }
    this.near.add(cell);
    this.drawn.delete(cell);
    this.drawn.add(cell);
    void cell.draw();
  }

  private trim(): void {
    for (const cell of this.drawn) {
      if (this.drawn.size <= mostDrawn) return;
      if (this.near.has(cell)) continue;
      this.drawn.delete(cell);
      cell.drop();
    }
  }
}
