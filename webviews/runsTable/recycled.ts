/** Something that is drawn in one element. */
export interface Drawn {
  readonly element: HTMLElement;
}

/**
 * Elements that stand for a range of indexes, in their order: when the range moves, those that left it stand for those that
 * came. The order in the document stays that of the indexes, since screen readers go by it.
 */
export class Recycled<T extends Drawn> {
  private readonly items: T[] = [];
  private readonly spare: T[] = [];
  private from = 0;

  constructor(
    private readonly parent: HTMLElement,
    private readonly make: () => T,
  ) {}

  get first(): number {
    return this.from;
  }

  /** What stands for the index, if anything does. */
  at(index: number): T | undefined {
    return this.items[index - this.from];
  }

  /** In the order of their indexes, beginning at `first`. */
  get all(): readonly T[] {
    return this.items;
  }

  /** Stands for `from` to `to` (exclusive) from now on. */
  fit(from: number, to: number): void {
    const shift = from - this.from;
    this.from = from;
    if (Math.abs(shift) < this.items.length) this.rotate(shift);
    const count = Math.max(0, to - from);
    while (this.items.length > count) this.drop();
    while (this.items.length < count) this.add();
  }

  private rotate(shift: number): void {
    for (let count = 0; count < shift; count++) {
      const item = this.items.shift();
      if (!item) return;
      this.parent.append(item.element);
      this.items.push(item);
    }
    for (let count = 0; count < -shift; count++) {
      const item = this.items.pop();
      if (!item) return;
      this.items[0]?.element.before(item.element);
      this.items.unshift(item);
    }
  }

  private drop(): void {
    const item = this.items.pop();
    if (!item) return;
    item.element.remove();
    this.spare.push(item);
  }

  private add(): void {
    const item = this.spare.pop() ?? this.make();
    this.parent.append(item.element);
    this.items.push(item);
  }
}
