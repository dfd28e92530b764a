/** Things that end together. What is added after the end is disposed at once. */
export class Lifetime {
  private readonly owned = new Set<{ dispose(): unknown }>();
  private isOver = false;

  /** Ends with its owners, such as an extension's subscriptions, if it is given to any. */
  constructor(owners?: { push(lifetime: Lifetime): unknown }) {
    owners?.push(this);
  }

  add<T extends { dispose(): unknown }>(disposable: T): T {
    if (this.isOver) disposable.dispose();
    else this.owned.add(disposable);
    return disposable;
  }

  /** Ends everything, last added first. */
  dispose(): void {
    this.isOver = true;
    for (const disposable of [...this.owned].reverse()) disposable.dispose();
    this.owned.clear();
  }
}
