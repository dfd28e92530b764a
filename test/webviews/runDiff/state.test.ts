import { deepEqual, equal } from 'node:assert/strict';
import { chooseShown, describeRows } from '../../../webviews/runDiff/shownRows';
import { initialArrangement, readArrangement, togglePart } from '../../../webviews/runDiff/state';
import { ordinaryDiff } from './diffs';

const subject = { runIds: ['a', 'b'], connectionUri: 'u', baselineId: 'a' };

describe('What the user arranged in the comparison', () => {
  it('is read back as it was saved', () => {
    const arrangement = {
      query: 'lr',
      withEqual: ['params'],
      folded: ['tags'],
      isTransposed: true,
      plots: { isShown: true, kind: 'box', x: 'metrics loss' },
    } as const;
    deepEqual(readArrangement({ ...subject, ...arrangement }), arrangement);
  });

  it('falls back to how the view begins', () => {
    for (const value of [undefined, null, 7, [], {}, { ...subject, runIds: 'a' }]) {
      deepEqual(readArrangement(value), initialArrangement);
    }
    deepEqual(readArrangement({ ...subject, query: 1, folded: ['x', 'tags'] }), {
      ...initialArrangement,
      folded: ['tags'],
    });
  });

  it('toggles parts', () => {
    deepEqual(togglePart(['tags'], 'tags'), []);
    deepEqual(togglePart([], 'artifacts'), ['artifacts']);
  });
});

describe('The rows that are shown', () => {
  const rows = ordinaryDiff().sections.find(({ id }) => id === 'params')?.rows ?? [];
  const describe_ = (words: readonly string[], withEqual: boolean) =>
    describeRows('params', chooseShown(rows, words, withEqual).count);

  it('are counted, with what is hidden', () => {
    equal(describe_([], false), '7 of 10 parameters differ · 3 equal hidden');
    equal(describe_([], true), '7 of 10 parameters differ');
    equal(describe_(['resnet'], false), '7 of 10 parameters differ · 0 found · 1 equal hidden');
    equal(describe_(['nowhere'], true), '7 of 10 parameters differ · 0 found');
    const same = rows.filter(({ state }) => state === 'equal');
    equal(
      describeRows('params', chooseShown(same, [], false).count),
      'all 3 parameters are equal · 3 equal hidden',
    );
    equal(describeRows('tags', chooseShown([], [], false).count), 'no tags');
  });
});
