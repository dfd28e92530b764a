/**
 * A file or folder of the store is not what MLflow writes. The message is what `problem` says of the run, model or
 * experiment that it belongs to: one clause that names the file and the cause, `meta.yaml is cut off`.
 */
export class Damage extends Error {}

/** The operating system's code of an error, such as `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What `problem` says for an error met at `name`. Throws whatever neither the store nor the system is to blame for. */
export function describeDamage(name: string, error: unknown): string {
  if (error instanceof Damage) return error.message;
  const code = codeOf(error);
  if (code === undefined) throw error;
  return `${name} ${systemCauses.get(code) ?? `cannot be read (${code})`}`;
}

const systemCauses: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'may not be read'],
  ['EPERM', 'may not be read'],
  ['ENOENT', 'is gone'],
  ['ENOTDIR', 'is not a folder'],
  ['EISDIR', 'is a folder'],
  ['ELOOP', 'is a link that leads nowhere'],
  ['ENAMETOOLONG', 'has too long a path'],
  ['EIO', 'cannot be read: the disk reports an error'],
]);

/** The first of several problems; the others mostly follow from it. */
export function firstProblem(...problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}

/** The property `problem`, or none. */
export function toProblem(...problems: readonly (string | undefined)[]): { readonly problem?: string } {
  const problem = firstProblem(...problems);
  return problem === undefined ? {} : { problem };
}
