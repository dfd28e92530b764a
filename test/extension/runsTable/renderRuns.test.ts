import { deepEqual, equal } from 'node:assert/strict';
import { renderRuns } from '../../../extension/runsTable/renderRuns';
import type { ExportedRun } from '../../../extension/runsTable/tableModel';
import type { Column, ExportFormat } from '../../../webviews/protocol/runsTable';

const column = (id: string, format: Column['format']): Column => ({
  id,
  kind: 'metrics',
  key: id,
  format,
  valueCount: 1,
  differs: false,
  sortsHere: false,
  isGroupable: false,
});

const columns = [
  column('metrics.loss', 'number'),
  column('params.a|b', 'text'),
  column('attributes.start_time', 'time'),
  column('attributes.duration', 'duration'),
  column('__proto__', 'text'),
];

const runs: readonly ExportedRun[] = [
  { id: 'r1', name: '=1+1', cells: ['-0.5', 'x,"y"', '0', '61000', 'p'] },
  { id: 'r2', name: 'two\nlines', cells: ['NaN', '+a', 'never', null, null] },
  { id: 'r3', name: '', cells: ['-Infinity', '', null, null, null] },
];

async function render(
  format: ExportFormat,
  ...batches: readonly (readonly ExportedRun[])[]
): Promise<string> {
  const parts = async function* () {
    await Promise.resolve();
    yield* batches;
  };
  let text = '';
  for await (const piece of renderRuns(format, columns, parts())) text += piece;
  return text;
}

describe('Runs as a file', () => {
  it('are CSV, in which no text is a formula and numbers are numbers', async () => {
    equal(
      await render('csv', runs.slice(0, 1), [], runs.slice(1)),
      'run_id,run_name,metrics.loss,params.a|b,attributes.start_time,attributes.duration,__proto__\r\n' +
        'r1,\'=1+1,-0.5,"x,""y""",1970-01-01T00:00:00.000Z,61000,p\r\n' +
        'r2,"two\nlines",NaN,\'+a,never,,\r\n' +
        'r3,,-Infinity,,,,\r\n',
    );
  });

  it('are JSON, numbers as numbers where JSON has them', async () => {
    const read = JSON.parse(await render('json', runs.slice(0, 2), [], runs.slice(2))) as object[];
    deepEqual(
      read.map((one) => Object.entries(one)),
      [
        [
          ['run_id', 'r1'],
          ['run_name', '=1+1'],
          ['metrics.loss', -0.5],
          ['params.a|b', 'x,"y"'],
          ['attributes.start_time', '1970-01-01T00:00:00.000Z'],
          ['attributes.duration', 61000],
          ['__proto__', 'p'],
        ],
        ...runs
          .slice(1)
          .map(({ id, name, cells }) => [
            ['run_id', id],
            ['run_name', name],
            ...columns.map(({ id: key }, at) => [key, cells[at]]),
          ]),
      ],
    );
    deepEqual(JSON.parse(await render('json')), []);
  });

  it('are a table in Markdown that no name breaks out of', async () => {
    equal(
      await render('markdown', runs.slice(0, 2)),
      '| run\\_id | run\\_name | metrics.loss | params.a\\|b | attributes.start\\_time | attributes.duration | \\_\\_proto\\_\\_ |\n' +
        '| --- | --- | --- | --- | --- | --- | --- |\n' +
        '| r1 | =1+1 | -0.5 | x,"y" | 1970-01-01T00:00:00.000Z | 1m 1s | p |\n' +
        '| r2 | two⏎lines | NaN | +a | never |  |  |\n',
    );
  });
});
