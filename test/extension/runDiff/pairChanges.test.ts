import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { pairChanges } from '../../../extension/runDiff/pairChanges';
import type { GitChange } from '../../../extension/ui/gitSource';
import { testSeed } from '../../support/testSeed';

/** The contents of files by path, as a commit has them. */
type Commit = Readonly<Record<string, string>>;

const status = { added: 1, renamed: 3, modified: 5, deleted: 6 };
const change = (uri: string, kind: keyof typeof status, from = uri): GitChange<string> => ({
  uri,
  originalUri: from,
  renameUri: kind === 'renamed' ? uri : undefined,
  status: status[kind],
});

describe('The files that differ from one commit to another', () => {
  it('are those that changed on the way, where one commit comes from the other', () => {
    const forward = [
      change('a', 'modified'),
      change('b', 'added'),
      change('c', 'deleted'),
      change('e', 'renamed', 'd'),
    ];
    const pairs = [
      { original: 'a', modified: 'a' },
      { original: undefined, modified: 'b' },
      { original: 'c', modified: undefined },
      { original: 'd', modified: 'e' },
    ];
    deepEqual(pairChanges(forward, []), pairs);
    deepEqual(
      pairChanges([], forward),
      pairs.map(({ original, modified }) => ({ original: modified, modified: original })),
    );
  });

  it('are those that either changed since their common origin, with the sides that each has', () => {
    const commit = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y'));
    fc.assert(
      fc.property(commit, commit, commit, (base, one, other) => {
        const forward = changesFrom(base, other);
        const backward = changesFrom(base, one);
        fc.pre(forward.length > 0 && backward.length > 0);
        const pairs = pairChanges(forward, backward);
        const expected = [...new Set([...Object.keys(one), ...Object.keys(other)])]
          .filter((path) => base[path] !== one[path] || base[path] !== other[path])
          .sort()
          .map((path) => ({
            original: path in one ? path : undefined,
            modified: path in other ? path : undefined,
          }));
        deepEqual(pairs, expected);
      }),
      { seed: testSeed, numRuns: 1000 },
    );
  });
});

function changesFrom(before: Commit, after: Commit): readonly GitChange<string>[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path) => {
    if (!(path in before)) return [change(path, 'added')];
    if (!(path in after)) return [change(path, 'deleted')];
    return before[path] === after[path] ? [] : [change(path, 'modified')];
  });
}
