/** What MLflow refuses as a name (reference/REST.md §6), said before it is asked. */

/** The database's column. */
const longestName = 256;

const longestAlias = 255;

/** Why MLflow would not take that as the name of a registered model; undefined if it would. */
export function findModelNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'A model needs a name.';
  if (/[/:]/.test(name)) return 'A model’s name has no / and no : in it.';
  if (name.startsWith('..') || name === '.') return 'A name that means a folder is none for a model.';
  if (/\p{Cc}/u.test(name)) return 'A model’s name is one line without control characters.';
  if (name.length > longestName) return `A model’s name has at most ${longestName} characters.`;
  return undefined;
}

/** Why MLflow would not take that as an alias; undefined if it would. */
export function findAliasProblem(alias: string): string | undefined {
  if (alias === '') return 'An alias needs a name.';
  // Python's \w.
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) return 'An alias has letters, digits, _ and - only.';
  if (alias.length > longestAlias) return `An alias has at most ${longestAlias} characters.`;
  if (alias.toLowerCase() === 'latest') return '“latest” is MLflow’s own word for the newest version.';
  if (/^v\d+$/i.test(alias)) return `${alias} would look like a version.`;
  return undefined;
}
