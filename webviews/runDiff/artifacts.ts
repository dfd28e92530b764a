import type { ArtifactDiff, ArtifactRow } from '../protocol/runDiff';
import { matchesWords } from '../protocol/runDiff';
import type { ShownRow } from './grid';
import { chooseShown, type ShownPart } from './shownRows';

type Folder =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'ready'; readonly diff: ArtifactDiff };

/** The artifacts of the runs as far as their folders were opened. */
export class Artifacts {
  private readonly folders = new Map<string, Folder>();
  private readonly open = new Set<string>();
  private turn = 0;

  constructor(
    private readonly load: (path: string) => Promise<ArtifactDiff>,
    /** Something came in. */
    private readonly onDidChange: () => void,
  ) {}

  /** Reads everything anew: the runs are others, or changed. What was open stays open. */
  reset(): void {
    this.turn++;
    this.folders.clear();
  }

  toggle(path: string): void {
    if (!this.open.delete(path)) this.open.add(path);
    this.onDidChange();
  }

  /** What is shown of them. Reads, if it is open, what is not read yet; `onDidChange` tells when that is there. */
  show(words: readonly string[], withEqual: boolean, isOpen: boolean): ShownPart<ShownRow> {
    const rows = isOpen ? this.list('', 0) : [];
    const files = rows.filter((row) => row.tree.isOpen === undefined);
    const { count } = chooseShown(files, words, withEqual);
    // A folder that all have may hold what differs, and so is no row to hide.
    const shown = rows.filter(
      (row) =>
        row.tree.isOpen !== undefined || ((withEqual || row.state !== 'equal') && matchesWords(row, words)),
    );
    const isLoading = [...this.folders.values()].some(({ kind }) => kind === 'loading');
    const note = isOpen ? (isLoading ? 'loading…' : undefined) : '';
    const part = { id: 'artifacts', rows: shown, count, isOpen, trouble: this.trouble() } as const;
    return note === undefined ? part : { ...part, note };
  }

  /** The folders that are read and not closed again, each after the one that it lies in. */
  shownFolders(path = ''): readonly string[] {
    const folder = this.folders.get(path);
    if (folder?.kind !== 'ready') return [];
    const inside = folder.diff.rows.filter((row) => row.isDirectory && this.open.has(row.path));
    return [path, ...inside.flatMap((row) => this.shownFolders(row.path))];
  }

  private list(path: string, depth: number): readonly ArtifactShown[] {
    const folder = this.demand(path);
    if (folder.kind !== 'ready') return [];
    return folder.diff.rows.flatMap((row) => {
      const isOpen = row.isDirectory ? this.open.has(row.path) : undefined;
      const shown = { ...row, tree: { path: row.path, depth, ...(isOpen === undefined ? {} : { isOpen }) } };
      return isOpen === true ? [shown, ...this.list(row.path, depth + 1)] : [shown];
    });
  }

  private demand(path: string): Folder {
    const present = this.folders.get(path);
    if (present) return present;
    const loading: Folder = { kind: 'loading' };
    this.folders.set(path, loading);
    const { turn } = this;
    const become = (folder: Folder) => {
      if (turn !== this.turn) return;
      this.folders.set(path, folder);
      this.onDidChange();
    };
    this.load(path).then(
      (diff) => become({ kind: 'ready', diff }),
      (error: unknown) =>
        become({ kind: 'failed', cause: error instanceof Error ? error.message : String(error) }),
    );
    return loading;
  }

  private trouble(): string | undefined {
    for (const folder of this.folders.values()) {
      if (folder.kind === 'failed') return folder.cause;
      if (folder.kind === 'loading') continue;
      const failure = folder.diff.failures.find((cause) => cause !== null);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }
}

type ArtifactShown = ArtifactRow & Required<Pick<ShownRow, 'tree'>>;
