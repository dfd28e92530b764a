import { equal } from 'node:assert/strict';
import {
  describeCount,
  hasWords,
  isSectionOpen,
  toggleSection,
  wordsOf,
  type Arrangement,
} from '../../../../webviews/shared/sections/arrangement';

describe('The arrangement of a page of sections', () => {
  const initialArrangement: Arrangement<string> = { query: '', folded: ['systemTags'] };

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
