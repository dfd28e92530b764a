import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { diffRuns } from '../../../extension/runDiff/diffRuns';
import { renderCsv, renderMarkdown } from '../../../extension/runDiff/renderDiff';
import { testSeed } from '../../support/testSeed';
import { payloads } from '../../webviews/support/hostileTexts';
import { aRun } from '../runSummary/runs';
import { aPoint, sourceOf } from './sources';

const seed = testSeed;
const all = { query: '', withEqual: ['params' as const], isTransposed: false };
const differences = { ...all, withEqual: [] };
const diffOf = (...params: readonly Record<string, string>[]) =>
  diffRuns(
    params.map((one, index) =>
      sourceOf(aRun({ id: `r${index}`, name: `run ${index}`, params: new Map(Object.entries(one)) })),
    ),
    { baseline: 0, directionOf: () => 'lower' },
  );

describe('A comparison as Markdown', () => {
  it('has a table for each section, and only what differs', () => {
    const diff = diffOf({ lr: '0.1', same: 'x' }, { lr: '0.2', same: 'x' });
    equal(
      renderMarkdown(diff, differences),
      [
        ...[
          '### Details',
          '',
          '|  | run 0 (baseline) | run 1 |',
          '| --- | --- | --- |',
          '| Name | run 0 | run 1 |',
          '',
        ],
        ...[
          '### Parameters',
          '',
          '|  | run 0 (baseline) | run 1 |',
          '| --- | --- | --- |',
          '| lr | 0.1 | 0.2 |',
          '',
        ],
      ].join('\n'),
    );
    match(renderMarkdown(diff, all), /\| same \| x \| x \|/);
    doesNotMatch(renderMarkdown(diff, { ...all, query: 'LR' }), /same|Details/);
  });

  it('writes runs as rows when they are shown so', () => {
    const diff = diffOf({ lr: '0.1' }, { lr: '0.2' });
    match(
      renderMarkdown(diff, { ...differences, query: 'lr', isTransposed: true }),
      /\| {2}\| lr \|\n.*\n\| run 0 \(baseline\) \| 0.1 \|/,
    );
  });

  it('says how metrics changed, in words too', () => {
    const runs = [0.5, 0.25].map((loss) => sourceOf(aRun({ metrics: new Map([['loss', aPoint(loss)]]) })));
    const diff = diffRuns(runs, { baseline: 0, directionOf: () => 'lower' });
    match(renderMarkdown(diff, differences), /\| loss \| 0\.5 \| 0\.25 \(-0\.25, -50 %, better\) \|/);
  });

  it('tells missing from empty', () => {
    match(renderMarkdown(diffOf({ a: '' }, { b: '1' }), differences), /\| a \| _empty_ \| {2}\|/);
  });

  it('keeps every text inside its cell, and markup out', () => {
    const hostile = Object.fromEntries(payloads.map((text, index) => [`${text} ${index}`, text]));
    const text = renderMarkdown(diffOf(hostile, { a: 'b' }), all);
    for (const line of text.split('\n').filter((one) => one.startsWith('|'))) {
      equal(line.replace(/\\./g, '').split('|').length, 5, line);
    }
    doesNotMatch(text.replace(/\\./g, ''), /<|\]\(|https?:\/\//);
  });
});

describe('A comparison as CSV', () => {
  it('has a line for each row, after the runs and their ids', () => {
    const lines = renderCsv(diffOf({ lr: '0.1' }, { lr: '-2' }), { ...differences, query: 'lr' }).split(
      '\r\n',
    );
    deepEqual(lines, [',run,,run 0,run 1', ',run ID,,r0,r1', 'Parameters,lr,differs,0.1,-2', '']);
  });

  it('lets no spreadsheet take a text for a formula', () => {
    const formulas = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1'];
    const params = Object.fromEntries(formulas.map((text, index) => [`k${index}`, text]));
    for (const cell of parseCsv(renderCsv(diffOf(params, {}), all)).flat()) {
      ok(!/^\s*[=+\-@]/.test(cell) || /^-?\d+(\.\d+)?$/.test(cell), cell);
    }
  });

  it('is read back as it was written', () => {
    const value = fc.string({ unit: 'binary' }).filter((text) => !/^\s*[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
        const params = Object.fromEntries(values.map((text, index) => [`k${index}`, `v${text}`]));
        const rows = parseCsv(renderCsv(diffOf(params, {}), { ...differences, query: 'k' }));
        const written = rows.filter(([section]) => section === 'Parameters').map((cells) => cells[3]);
        deepEqual(written, Object.values(params));
      }),
      { seed, numRuns: 200 },
    );
  });
});

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}
