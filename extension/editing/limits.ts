import { posix } from 'node:path';

/** What MLflow 3.17 takes (reference/REST.md §2, §3, §6), in characters. Older versions take less of a value, and say so. */
export const longestKey = 250;
export const longestExperimentTag = 20_000;
/** MLflow cuts what is longer without a word. */
export const longestRunTag = 8000;
export const longestRegistryTag = 100_000;
const longestExperimentName = 500;
/** Of the column that keeps it. */
const longestRunName = 250;

/** As Python's `\w`, with what else MLflow allows. */
const keyCharacters = /^[\p{L}\p{N}_/.\- :]*$/u;

/** Why MLflow would not take this as the key of a tag; undefined if it would. */
export function findKeyProblem(key: string): string | undefined {
  if (key.trim() === '') return 'A tag has a key.';
  if (!keyCharacters.test(key)) return 'A key has letters, digits, spaces and _ - . : / only.';
  const isPlain = posix.normalize(key) === key && !key.endsWith('/') && !/^(\/|\.\.|\.$)/.test(key);
  if (!isPlain)
    return 'MLflow takes keys for paths: “.”, “..”, “//” and a “/” at either end are not allowed.';
  return findLengthProblem('A key', key, longestKey);
}

export function findExperimentNameProblem(name: string): string | undefined {
  return findNameProblem('The name of an experiment', name, longestExperimentName);
}

export function findRunNameProblem(name: string): string | undefined {
  return findNameProblem('The name of a run', name, longestRunName);
}

/** What is too long, and by how much; `what` begins the sentence: `A key`. */
export function findLengthProblem(what: string, text: string, most: number): string | undefined {
  // As Python counts, by code points; no text has more of them than units.
  const length = text.length <= most ? text.length : Array.from(text).length;
  if (length <= most) return undefined;
  return `${what} has at most ${most.toLocaleString('en-US')} characters, this has ${length.toLocaleString('en-US')}.`;
}

function findNameProblem(what: string, name: string, most: number): string | undefined {
  return name.trim() === '' ? `${what} cannot be empty.` : findLengthProblem(what, name, most);
}
