import type { Disposable } from '../catalog/emitter';

/** A thing that is made when it is first demanded, as from a bundle of its own. It ends with this. */
export class Lazy<T extends Disposable> implements Disposable {
  private made: Promise<T> | undefined;

  constructor(private readonly make: () => Promise<T>) {}

  demand(): Promise<T> {
    return (this.made ??= this.make());
  }

  dispose(): void {
    void this.made?.then((thing) => thing.dispose());
  }
}
