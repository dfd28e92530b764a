import { CancellationTokenSource } from 'vscode-languageserver';
import { type FileReader, isOwnerName, nameOf } from './files';
import { findOwners } from './findOwners';

/** The MLprojects and MLmodels of the workspace's folders: looked for once, and kept up by what the client says of its files. */
export class WorkspaceOwners {
  private found: Promise<readonly string[]> | undefined;
  private looking = new CancellationTokenSource();

  /** `isWatched`: the client tells of files that come and go. Of others each question looks again. */
  constructor(
    private readonly files: FileReader,
    readonly isWatched: boolean,
    private folders: readonly string[],
  ) {}

  uris(): Promise<readonly string[]> {
    if (!this.isWatched) this.forget();
    this.found ??= findOwners(this.folders, this.files, this.looking.token);
    return this.found;
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.folders = [...this.folders.filter((uri) => !removed.includes(uri)), ...added];
    this.forget();
  }

  /** Whether one of these files is one of them: then there may be others now. */
  change(uris: readonly string[]): boolean {
    const concerns = uris.some((uri) => isOwnerName(nameOf(uri)));
    if (concerns) this.forget();
    return concerns;
  }

  private forget(): void {
    this.looking.cancel();
    this.looking = new CancellationTokenSource();
    this.found = undefined;
  }
}
