import { deepEqual, equal } from 'node:assert/strict';
import { listRollbacks } from '../../../extension/registry/listRollbacks';
import { isReviewTag, type Move, readReviews, type Review, writeReview } from '../../../extension/ui/reviews';
import type { ModelVersion } from '../../../extension/tracking/model';
import { version } from '../catalog/fixtures';

const toFour: Move = { kind: 'alias', alias: 'champion', before: '3' };
const toProduction: Move = {
  kind: 'stage',
  stage: 'Production',
  before: 'Staging',
  others: ['3'],
  archived: true,
};

function reviewed(move: Move, at = '2026-03-02T09:00:00.000Z'): Review {
  return { by: 'ada', at, note: 'Better\n“on” March’s data', move };
}

function tagsOf(...reviews: readonly Review[]): ReadonlyMap<string, string> {
  return new Map(reviews.map(writeReview));
}

describe('Reviews of a model version', () => {
  it('are tags with the time in their key, which every store takes', () => {
    const [tag, value] = writeReview(reviewed(toFour));
    equal(tag, 'mlflow.lens.review.20260302T090000000Z');
    equal(isReviewTag(tag), true);
    const { by, at, note } = reviewed(toFour);
    deepEqual(JSON.parse(value), { by, at, note, kind: 'alias', alias: 'champion', before: '3' });
  });

  it('are read as they were written, the newest first', () => {
    const reviews = [reviewed(toFour), reviewed(toProduction, '2026-03-03T09:00:00.000Z')];
    deepEqual(readReviews({ tags: tagsOf(...reviews) }), reviews.toReversed());
  });

  for (const value of [
    '',
    '{',
    'null',
    '[]',
    '{"by":"a","at":"soon","note":"","kind":"alias","alias":"b"}',
    '{"by":1,"at":"2026-03-02T09:00:00Z","note":"","kind":"alias","alias":"b"}',
    '{"by":"a","at":"2026-03-02T09:00:00Z","note":"","kind":"stage","stage":"Production"}',
  ]) {
    it(`leave out a tag that says ${value || 'nothing'}`, () =>
      deepEqual(readReviews({ tags: new Map([['mlflow.lens.review.1', value]]) }), []));
  }
});

describe('What can be rolled back', () => {
  const versions = (...ofFour: readonly Review[]) => [
    version('churn', '4', { stage: 'Production', tags: tagsOf(...ofFour) }),
    version('churn', '3', { stage: 'Archived' }),
  ];
  const champion = { alias: 'champion', version: '4' };

  it('is what the newest review of the version that has it tells', () => {
    const old = reviewed({ ...toFour, before: '2' }, '2026-03-01T09:00:00.000Z');
    const found = listRollbacks(
      [champion],
      versions(old, reviewed(toFour), reviewed(toProduction, '2026-03-03T09:00:00.000Z')),
    );
    deepEqual(
      found.map(({ held, to }) => [held.kind, held.version, to]),
      [
        ['stage', '4', '3'],
        ['alias', '4', '3'],
      ],
    );
  });

  it('is outdated once another version got it later and has it no more', () => {
    const four = version('churn', '4', { tags: tagsOf(reviewed(toFour)), stage: 'Production' });
    const found = (five: Partial<ModelVersion>) => {
      const all = [version('churn', '5', five), four, version('churn', '3', {})];
      return listRollbacks([champion], all).map(({ held, to }) => [held.version, to]);
    };
    const later = '2026-03-04T09:00:00.000Z';
    const tags = tagsOf(reviewed({ ...toFour, before: '4' }, later));
    deepEqual(found({}), [
      ['4', '3'],
      ['4', undefined],
    ]);
    deepEqual(found({ tags }), [
      ['4', undefined],
      ['4', undefined],
    ]);
  });

  it('is not outdated by a version that shares the stage', () => {
    const into = (at: string) => tagsOf(reviewed(toProduction, at));
    const all = [
      version('churn', '5', { stage: 'Production', tags: into('2026-03-05T09:00:00.000Z') }),
      version('churn', '4', { stage: 'Production', tags: into('2026-03-03T09:00:00.000Z') }),
      version('churn', '3', { stage: 'Archived' }),
    ];
    deepEqual(
      listRollbacks([], all).map(({ held, to }) => [held.version, to]),
      [
        ['5', '3'],
        ['4', '3'],
      ],
    );
  });

  it('has no version to go to where nobody noted one, or where that is gone', () => {
    const gone = reviewed({ ...toFour, before: '2' });
    for (const all of [versions(), versions(gone), versions(reviewed({ ...toFour, alias: 'other' }))])
      deepEqual(
        listRollbacks([champion], all).map(({ to }) => to),
        [undefined, undefined],
      );
  });

  it('is nothing where there is one version only', () =>
    deepEqual(listRollbacks([champion], versions().slice(0, 1)), []));
});
