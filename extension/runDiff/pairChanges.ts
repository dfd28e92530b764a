import type { GitChange } from '../ui/gitSource';

/** What a commit's files are compared as: one side is missing for a file that is only on the other. */
export interface FilePair<Uri> {
  readonly original: Uri | undefined;
  readonly modified: Uri | undefined;
}

/** Of the Git extension's `Status`, which is numbers only: what it calls a file that came, went or was renamed. */
const added: ReadonlySet<number> = new Set([1, 4, 7, 9]);
const deleted: ReadonlySet<number> = new Set([2, 6]);
const renamed = 3;

/**
 * The files that differ from one commit to another. The Git extension tells only what changed since the last commit that both
 * come from (`git diff a...b`): `forward` on the way to the second, `backward` on the way to the first. A file that both
 * changed is in both.
 */
export function pairChanges<Uri extends { toString(): string }>(
  forward: readonly GitChange<Uri>[],
  backward: readonly GitChange<Uri>[],
): readonly FilePair<Uri>[] {
  if (backward.length === 0) return forward.map(pairOf);
  if (forward.length === 0) {
    return backward.map(pairOf).map(({ original, modified }) => ({ original: modified, modified: original }));
  }
  const [onward, back] = [sidesOf(forward), sidesOf(backward)];
  return [...new Set([...onward.keys(), ...back.keys()])].sort().flatMap((path) => {
    const [to, from] = [onward.get(path), back.get(path)];
    const uri = to?.uri ?? from?.uri;
    const wasThere = to?.before ?? from?.before ?? false;
    const original = (from?.after ?? wasThere) ? uri : undefined;
    const modified = (to?.after ?? wasThere) ? uri : undefined;
    return original || modified ? [{ original, modified }] : [];
  });
}

function pairOf<Uri>({ uri, originalUri, renameUri, status }: GitChange<Uri>): FilePair<Uri> {
  if (added.has(status)) return { original: undefined, modified: uri };
  if (deleted.has(status)) return { original: originalUri, modified: undefined };
  return { original: originalUri, modified: status === renamed ? (renameUri ?? uri) : uri };
}

interface Sides<Uri> {
  readonly uri: Uri;
  readonly before: boolean;
  readonly after: boolean;
}

/** Whether each file was there before and after; a renamed one is one that went and one that came. */
function sidesOf<Uri extends { toString(): string }>(
  changes: readonly GitChange<Uri>[],
): ReadonlyMap<string, Sides<Uri>> {
  const sides = new Map<string, Sides<Uri>>();
  for (const change of changes) {
    const { original, modified } = pairOf(change);
    const isSame = original?.toString() === modified?.toString();
    if (original) sides.set(original.toString(), { uri: original, before: true, after: isSame });
    if (modified && !isSame) sides.set(modified.toString(), { uri: modified, before: false, after: true });
  }
  return sides;
}
