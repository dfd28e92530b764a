import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  boxesOf,
  choosePlots,
  initialPlots,
  mostAxes,
  readPlots,
} from '../../../../webviews/runDiff/plots/choices';
import { collectGroupings, collectVariables } from '../../../../webviews/runDiff/plots/variables';
import { describeLeftOut, describeValues } from '../../../../webviews/runDiff/plots/words';
import { diffOfTried, sweep } from './sweep';

const choose = (diff = sweep(6), arrangement = initialPlots) =>
  choosePlots(collectVariables(diff), collectGroupings(diff), arrangement);
const ids = (ones: readonly { readonly id: string }[]) => ones.map(({ id }) => id);

describe('What the plots of runs draw', () => {
  it('is what differs, unless the user chose otherwise', () => {
    const { axes, x, y, values, groupBy } = choose();
    deepEqual(ids(axes), [
      ...['params depth', 'params lr', 'params optimizer'],
      ...['metrics accuracy', 'metrics loss'],
    ]);
    deepEqual(
      [x?.id, y?.id, ids(values), groupBy?.id],
      ['params depth', 'metrics accuracy', ['metrics accuracy'], 'params optimizer'],
    );
  });

  it('is what the user chose, as far as there are such things', () => {
    const arrangement = {
      ...{ ...initialPlots, axes: ['params batch', 'metrics loss', 'params gone'], x: 'metrics loss' },
      ...{ y: 'metrics gone', values: ['metrics loss', 'metrics accuracy'], groupBy: '' },
    };
    const { axes, x, y, values, groupBy } = choose(sweep(6), arrangement);
    deepEqual(ids(axes), ['params batch', 'metrics loss']);
    deepEqual([x?.id, y?.id], ['metrics loss', 'metrics accuracy']);
    deepEqual(ids(values), ['metrics accuracy', 'metrics loss']);
    equal(groupBy, undefined);
  });

  it('has no more axes than fit, and system metrics only where there is room', () => {
    const many = (name: string, value: number) =>
      Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${name}${index}`, value + index]));
    const tried = [1, 2].map((value) => ({
      params: Object.fromEntries(
        Object.entries(many('p', value)).map(([key, number]) => [key, String(number)]),
      ),
      metrics: { ...many('m', value), 'system/cpu': value },
    }));
    const { axes } = choose(diffOfTried(tried));
    equal(axes.length, mostAxes);
    equal(axes.filter(({ section }) => section === 'metrics').length, 4);
    ok(!axes.some(({ name }) => name.startsWith('system/')));
  });

  it('is nothing where no number differs', () => {
    const { axes, x, y, values } = choose(
      diffOfTried([
        { params: { a: '1' }, metrics: {} },
        { params: { a: '1' }, metrics: {} },
      ]),
    );
    deepEqual([axes, x, y, values], [[], undefined, undefined, []]);
  });

  it('puts runs into a box for each group, or for each of several variables', () => {
    const { values, groupBy } = choose();
    const describeBoxes = (boxes: ReturnType<typeof boxesOf>) =>
      boxes.map(({ label, points }) => `${label}: ${points.map(({ run }) => run).join()}`);
    deepEqual(describeBoxes(boxesOf({ values, groupBy }, 6)), ['adam: 0,2,4', 'sgd: 1,3,5']);
    const all = collectVariables(sweep(6)).filter(({ section }) => section === 'metrics');
    deepEqual(describeBoxes(boxesOf({ values: all, groupBy: undefined }, 6)), [
      'accuracy: 0,1,2,3,4,5',
      'loss: 0,1,2,3,4',
    ]);
    deepEqual(describeBoxes(boxesOf({ values: all, groupBy }, 6)), [
      ...['adam · accuracy: 0,2,4', 'adam · loss: 0,2,4'],
      ...['sgd · accuracy: 1,3,5', 'sgd · loss: 1,3'],
    ]);
  });

  it('is said in words', () => {
    const { axes } = choose();
    equal(describeValues(axes, 5), 'depth 7 · lr 0.001 · optimizer sgd · accuracy 0.725 · loss —');
    equal(describeLeftOut(axes), '1 value is NaN or infinite and left out');
    equal(describeLeftOut(axes.slice(0, 2)), '');
  });
});

describe('A saved arrangement of the plots', () => {
  it('is read back as it was saved', () => {
    const arrangement = {
      isShown: true,
      kind: 'box',
      axes: ['a'],
      x: 'b',
      y: 'c',
      values: ['d'],
      groupBy: '',
    } as const;
    deepEqual(readPlots(JSON.parse(JSON.stringify(arrangement))), arrangement);
  });

  it('falls back to how the plots begin', () => {
    for (const value of [undefined, null, 7, [], {}, { kind: 'pie', isShown: 'yes', axes: [7], x: {} }])
      deepEqual(readPlots(value), initialPlots);
  });
});
