import { Emitter, type Disposable } from '../catalog/emitter';
import type { FoundStore, StoreFinder } from './collectStores';
import type { Memory } from './recents';

const memoryKey = 'mlflow.found.chosen';

/**
 * The stores in the workspace folders, looked for from the first time that somebody asks, and the one that is shown: what
 * the user chose among them, else what is shown already, else the only one there is.
 */
export class FoundStores implements Disposable {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private finder: StoreFinder | undefined;
  private opening: Promise<StoreFinder> | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStarted = false;
  private isLooking = false;
  private isDisposed = false;
  private shown: string | undefined;

  constructor(
    private readonly openFinder: () => Promise<StoreFinder>,
    /** VS Code's memory of the workspace. */
    private readonly memory: Memory,
  ) {}

  /** Shallowest first. */
  get list(): readonly FoundStore[] {
    return this.finder?.stores ?? [];
  }

  get chosen(): FoundStore | undefined {
    const at = (path: unknown) => this.list.find((store) => store.path === path);
    return (
      at(this.memory.get(memoryKey)) ?? at(this.shown) ?? (this.list.length === 1 ? this.list[0] : undefined)
    );
  }

  get status(): 'none' | 'looking' | 'several' {
    if (this.list.length > 1) return 'several';
    return this.isLooking ? 'looking' : 'none';
  }

  /** Looks once, and follows from then on. Never rejects. */
  start(): Promise<void> {
    if (!this.isStarted) {
      // First, since whoever hears that a look begins may ask for one.
      this.isStarted = true;
      this.looking = this.look();
    }
    return this.looking;
  }

  /** Looks again. Never rejects. */
  async look(): Promise<void> {
    this.isLooking = true;
    this.changed.fire();
    const finder = await this.open();
    if (this.isDisposed) return;
    await finder.look();
    this.isLooking = false;
    this.reflect();
  }

  /** Has this store shown from now on, in this workspace. */
  async choose(path: string): Promise<void> {
    await this.memory.update(memoryKey, path);
    this.reflect();
  }

  dispose(): void {
    this.isDisposed = true;
    this.finder?.dispose();
    this.changed.dispose();
  }

  private open(): Promise<StoreFinder> {
    this.opening ??= this.openFinder().then((finder) => {
      this.finder = finder;
      if (this.isDisposed) finder.dispose();
      else
        finder.onDidChange(() => {
          this.reflect();
        });
      return finder;
    });
    return this.opening;
  }

  private reflect(): void {
    this.shown = this.chosen?.path;
    this.changed.fire();
  }
}
