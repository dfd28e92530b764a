import assert from 'node:assert/strict';
import { toRunQuery } from '../../../extension/catalog/runSearch';
import { allRuns, completeSearch } from '../../../extension/experiments/searchDraft';
import { listSortKeys, splitOrder } from '../../../extension/experiments/sortKeys';
import { FilterError } from '../../../extension/tracking/filter/filterError';
import { parseRunOrder } from '../../../extension/tracking/filter/parseRunOrder';
import { run } from '../catalog/fixtures';

const day = 86_400_000;

describe('A search for runs', () => {
  it('is none where it asks for nothing', () => {
    assert.equal(completeSearch(allRuns), undefined);
    assert.equal(completeSearch({ text: '  ', orderBy: [] }), undefined);
  });

  it('says in a few words all that it asks for', () => {
    const search = completeSearch({
      text: 'metrics.rmse < 1',
      status: 'FAILED',
      orderBy: ['metrics.rmse DESC'],
      startedWithin: day,
    });
    assert.equal(search?.label, 'metrics.rmse < 1 · failed · by metrics.rmse DESC · last 24 hours');
  });

  it('asks a store in MLflow’s grammar, counting times back from now', () => {
    const search = completeSearch({ text: 'tree', status: 'FINISHED', orderBy: [], startedWithin: day });
    assert.deepEqual(toRunQuery(search!, 'active', 2 * day), {
      filter: `attributes.run_name ILIKE '%tree%' AND attributes.status = 'FINISHED' and attributes.start_time >= ${day}`,
      view: 'active',
    });
  });

  it('finds deleted runs whatever the view shows', () => {
    const search = completeSearch({ text: '', orderBy: ['metrics.a ASC'], isDeleted: true });
    assert.deepEqual(toRunQuery(search!, 'active', 0), { orderBy: ['metrics.a ASC'], view: 'deleted' });
  });

  it('is refused where its text is meant as a filter and is none', () => {
    assert.throws(() => completeSearch({ text: 'metrics.a >', orderBy: [] }), FilterError);
  });
});

describe('What runs can be sorted by', () => {
  it('are attributes, and each metric and parameter of the loaded runs, unless it cannot be said', () => {
    const point = { value: 1, step: 0, timestamp: 0 };
    const runs = [
      run('a', { metrics: new Map([['val/f1 score', point]]), params: new Map([['lr', '1']]) }),
      run('b', {
        metrics: new Map([
          ['val/f1 score', point],
          ['a`b', point],
        ]),
      }),
    ];
    const keys = listSortKeys(runs);
    const metrics = keys.filter(({ description }) => description.startsWith('metric'));
    assert.deepEqual(
      metrics.map(({ label, description }) => `${label}: ${description}`),
      ['val/f1 score: metric, lowest first', 'val/f1 score: metric, highest first'],
    );
    for (const { orderBy } of keys) assert.equal(parseRunOrder(orderBy).length, orderBy.length);
  });

  it('may be typed, with commas between', () => {
    assert.deepEqual(splitOrder('metrics.`a, b` DESC, start_time ,, '), [
      'metrics.`a, b` DESC',
      'start_time',
    ]);
  });
});
