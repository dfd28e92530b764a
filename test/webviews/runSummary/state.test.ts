import { deepEqual, equal } from 'node:assert/strict';
import { initialArrangement, readSavedState } from '../../../webviews/runSummary/state';

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
});
