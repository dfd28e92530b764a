import { deepEqual, equal } from 'node:assert/strict';
import {
  describeCount,
  hasWords,
  initialArrangement,
  isSectionOpen,
  readSavedState,
  toggleSection,
  wordsOf,
} from '../../../webviews/runSummary/state';

describe('The arrangement of a run summary', () => {
  const saved = { runId: 'r', connectionUri: 'http://h', query: 'lr', folded: ['tags'], scrollTop: 120 };

  it('is read as it was saved', () => {
    deepEqual(readSavedState(saved), saved);
  });

  it('is dropped where it names no run', () => {
    for (const value of [undefined, null, 'x', [], {}, { runId: 'r' }, { ...saved, connectionUri: 7 }]) {
      equal(readSavedState(value), undefined);
    }
  });

  it('falls back where a part is ill-formed', () => {
    const { query, folded, scrollTop } =
      readSavedState({ ...saved, query: 7, folded: ['tags', 'nonsense', {}], scrollTop: 'far' }) ?? {};
    deepEqual({ query, folded, scrollTop }, { query: '', folded: ['tags'], scrollTop: 0 });
    deepEqual(readSavedState({ ...saved, folded: 'tags' })?.folded, initialArrangement.folded);
  });

  it('folds and unfolds', () => {
    const folded = toggleSection(initialArrangement, 'metrics');
    equal(isSectionOpen('metrics', folded, undefined), false);
    equal(isSectionOpen('metrics', toggleSection(folded, 'metrics'), undefined), true);
  });

  it('opens what matches while a filter is on, and only that', () => {
    const filtered = { query: ' lr ', folded: ['params'] } as const;
    equal(isSectionOpen('params', filtered, { shown: 1, total: 7 }), true);
    equal(isSectionOpen('tags', filtered, { shown: 0, total: 7 }), false);
    equal(isSectionOpen('params', { ...filtered, query: ' ' }, { shown: 1, total: 7 }), false);
    equal(isSectionOpen('artifacts', filtered, undefined), true);
  });

  it('finds all words in any order and case', () => {
    equal(hasWords('train/loss\n0.25', wordsOf('LOSS  train')), true);
    equal(hasWords('train/loss\n0.25', wordsOf('loss val')), false);
    equal(hasWords('anything', wordsOf('  ')), true);
  });

  it('counts what a filter lets through', () => {
    equal(describeCount({ shown: 5, total: 5 }, []), '5');
    equal(describeCount({ shown: 1, total: 5 }, ['x']), '1 of 5');
  });
});
