import { deepEqual, equal } from 'node:assert/strict';
import { collectGroupings, collectVariables, readNumber } from '../../../../webviews/runDiff/plots/variables';
import { diffOf, sourceOf } from '../diffs';
import { diffOfTried, sweep, type Tried } from './sweep';

const variable = (tried: readonly Tried[], id: string) =>
  collectVariables(diffOfTried(tried)).find((one) => one.id === id);
const withParam = (...values: readonly (string | undefined)[]): readonly Tried[] =>
  values.map((value) => ({ params: value === undefined ? {} : { p: value }, metrics: {} }));

describe('What of runs can be drawn', () => {
  it('is their metrics, and their parameters as numbers or categories', () => {
    const found = collectVariables(sweep(4)).map(({ id, categories, differs }) => [id, categories, differs]);
    deepEqual(found, [
      ['params batch', undefined, false],
      ['params depth', undefined, true],
      ['params lr', undefined, true],
      ['params optimizer', ['adam', 'sgd'], true],
      ['metrics accuracy', undefined, true],
      ['metrics loss', undefined, true],
    ]);
  });

  it('leaves out what is NaN or infinite, and counts it; what is missing is no value', () => {
    const { values, unbounded, differs } =
      variable(withParam('1', 'nan', '-inf', undefined), 'params p') ?? {};
    deepEqual([values, unbounded, differs], [[1, undefined, undefined, undefined], 2, false]);
    equal(variable(withParam('nan', 'inf'), 'params p'), undefined);
  });

  it('takes a parameter for a category as soon as one value is no number', () => {
    deepEqual(variable(withParam('1', 'auto'), 'params p')?.categories, ['1', 'auto']);
    deepEqual(variable(withParam('1', ''), 'params p')?.categories, ['1', '']);
  });

  it('tells 1 and 1.0 to be the same number', () => {
    equal(variable(withParam('1', '1.0'), 'params p')?.differs, false);
  });

  it('reads numbers as Python and JavaScript write them, and nothing else', () => {
    const numbers = {
      '1': 1,
      '-1.5e-3': -0.0015,
      '.5': 0.5,
      '2.': 2,
      NaN,
      inf: Infinity,
      '-Infinity': -Infinity,
    };
    for (const [text, number] of Object.entries(numbers)) equal(readNumber(text), number, text);
    for (const text of ['', ' ', '0x10', '1 2', 'one', '1,5', '--1', 'e5', '.', '__proto__'])
      equal(readNumber(text), undefined, text);
  });
});

describe('What runs can be grouped by', () => {
  it('is parameters and tags of several values; runs without one are a group', () => {
    const groupings = collectGroupings(
      diffOfTried([
        { params: { lr: '0.1' }, metrics: {}, tags: { team: 'red' } },
        { params: { lr: '0.01' }, metrics: {} },
        { params: { lr: '0.1' }, metrics: {} },
      ]),
    );
    deepEqual(
      groupings.map(({ id, groups }) => [id, groups.map(({ label, runs }) => `${label}: ${runs.join()}`)]),
      [
        ['params lr', ['0.01: 1', '0.1: 0,2']],
        ['tags team', ['red: 0', '(none): 1,2']],
      ],
    );
  });

  it('leaves a run out that could not be read', () => {
    const params = new Map([['lr', '1']]);
    const gone = { kind: 'unknown', id: 'g', name: 'g', cause: 'gone' } as const;
    const diff = diffOf([
      sourceOf({ id: 'a', params }),
      gone,
      sourceOf({ id: 'b', params: new Map([['lr', '2']]) }),
    ]);
    const [grouping] = collectGroupings(diff);
    deepEqual(
      grouping?.groups.map(({ runs }) => runs),
      [[0], [2]],
    );
  });
});
