/**
 * What a command acts on: the targets that it was given, else what is selected in its tree, else one that the user
 * picks. Several selected rows may be of several kinds, and only those of `kind` count; a target without a kind is no row but
 * was made for the command.
 */
export async function chooseTargets<Target extends object>(
  kind: string,
  given: readonly (Target | undefined)[],
  selected: readonly Target[],
  pick: () => Promise<Target | undefined>,
): Promise<readonly Target[]> {
  const targets = given.filter((target) => target !== undefined);
  if (targets.length > 0) return targets.filter((target) => !('kind' in target) || target.kind === kind);
  if (selected.length > 0) return selected;
  const picked = await pick();
  return picked ? [picked] : [];
}
