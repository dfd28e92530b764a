/** Which code a run is made of again. */
export type CodeChoice =
  /** MLflow fetches the commit. */
  | { readonly kind: 'fetch'; readonly uri: string }
  /** A copy of a repository of this machine, at the commit. */
  | { readonly kind: 'copy'; readonly root: string }
  /** The files as they lie there now. */
  | { readonly kind: 'present'; readonly folder: string };

/** What there is of the code of a run. */
export interface FoundCode {
  readonly commit: string | undefined;
  /** Whether the project came from an address, not from a folder. */
  readonly isRemote: boolean;
  /** An address that has the commit. */
  readonly address: string | undefined;
  /** A repository of this machine that has the commit. */
  readonly root: string | undefined;
  /** The project's folder on this machine. */
  readonly folder: string | undefined;
  /** Whether that folder is at the commit, with nothing that is not committed. */
  readonly isSame: boolean;
}

/** The codes to choose among, the nearest to the run's own first: one where nothing need be asked, none where nothing is left. */
export function listCodes(found: FoundCode): readonly CodeChoice[] {
  const { commit, isRemote, address, root, folder, isSame } = found;
  const present: CodeChoice[] = folder === undefined ? [] : [{ kind: 'present', folder }];
  if (isSame && present.length > 0 && !isRemote) return present;
  const remote: CodeChoice[] = address === undefined ? [] : [{ kind: 'fetch', uri: address }];
  if (commit === undefined) return isRemote ? [...remote, ...present] : [...present, ...remote];
  const copy: CodeChoice[] = root === undefined ? [] : [{ kind: 'copy', root }];
  return isRemote ? [...remote, ...copy, ...present] : [...copy, ...present, ...remote];
}
