import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ChartMetric } from '../../../webviews/protocol/metrics';
import { initialArrangement, type Arrangement } from '../../../webviews/metrics/arrangement';
import { layOut, splitName } from '../../../webviews/metrics/layout';
import { searchFor } from '../../../webviews/metrics/search';

describe('The layout of the charts', () => {
  const keys = [
    'system/node-1/cpu',
    'system/cpu',
    'train/loss',
    'loss',
    'val/loss',
    'train/layer10',
    'train/layer2',
    '/odd',
  ];
  const metrics = keys.map((key): ChartMetric => ({ key, runCount: key.length, direction: 'lower' }));

  function sections(change: Partial<Arrangement> = {}, text = '', isRegex = false) {
    const search = searchFor(text, isRegex);
    ok(search.kind === 'valid');
    return layOut(metrics, { ...initialArrangement, ...change }, search).sections.map(({ title, charts }) => [
      title,
      ...charts.map(({ key }) => key),
    ]);
  }

  it('has a section for each prefix, those without one first, and the machine last', () => {
    deepEqual(sections(), [
      ['Metrics', '/odd', 'loss'],
      ['train', 'train/layer2', 'train/layer10', 'train/loss'],
      ['val', 'val/loss'],
      ['System', 'system/cpu'],
      ['System · node-1', 'system/node-1/cpu'],
    ]);
  });

  it('has pinned metrics first of all, and there only', () => {
    deepEqual(sections({ pinned: ['val/loss', 'gone'] })[0], ['Pinned', 'val/loss']);
    ok(!sections({ pinned: ['val/loss'] }).some(([title]) => title === 'val'));
  });

  it('is sorted by name either way, or by how many runs have a metric', () => {
    deepEqual(sections({ sort: 'nameDown' }).slice(0, 3), [
      ['Metrics', 'loss', '/odd'],
      ['val', 'val/loss'],
      ['train', 'train/loss', 'train/layer10', 'train/layer2'],
    ]);
    deepEqual(sections({ sort: 'mostRuns' })[1], ['train', 'train/layer10', 'train/layer2', 'train/loss']);
  });

  it('shows what has all words, in any order and case', () => {
    deepEqual(sections({}, 'LOSS tr'), [['train', 'train/loss']]);
    deepEqual(sections({}, 'nothing'), []);
  });

  it('shows what an expression matches', () => {
    deepEqual(sections({}, 'layer\\d$', true), [['train', 'train/layer2']]);
  });

  it('folds sections, but not while there is a search', () => {
    const isFolded = (text: string) => {
      const search = searchFor(text, false);
      ok(search.kind === 'valid');
      const arrangement = { ...initialArrangement, folded: ['prefix:train'] };
      return layOut(metrics, arrangement, search).sections.some((section) => section.isFolded);
    };
    deepEqual([isFolded(''), isFolded('loss')], [true, false]);
  });

  it('counts what is shown', () => {
    const search = searchFor('loss', false);
    ok(search.kind === 'valid');
    const { shown, total } = layOut(metrics, initialArrangement, search);
    deepEqual([shown, total], [3, 8]);
  });

  it('tells a prefix from a name', () => {
    deepEqual(splitName('loss'), ['', 'loss']);
    deepEqual(splitName('train/a/b'), ['train/', 'a/b']);
    deepEqual(splitName('system/cpu'), ['system/', 'cpu']);
    deepEqual(splitName('system/node-1/cpu'), ['system/node-1/', 'cpu']);
  });
});

describe('A search for metrics', () => {
  it('says what is wrong with an expression', () => {
    const search = searchFor('(', true);
    equal(search.kind === 'invalid' && search.reason, 'Invalid regular expression: Unterminated group');
  });

  it('takes an expression for text where it is none', () => {
    const search = searchFor('(', false);
    equal(search.kind === 'valid' && search.matches('f(x)'), true);
  });

  it('lets all through when it is empty', () => {
    const search = searchFor('  ', true);
    equal(search.kind === 'valid' && search.isEmpty && search.matches('x'), true);
  });
});
