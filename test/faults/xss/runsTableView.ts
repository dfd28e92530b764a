import type { Page } from 'playwright-core';
import { columnIdOf, plainArrangement } from '../../../webviews/protocol/arrangement';
import { ready } from '../../../webviews/protocol/panel';
import {
  actOnRuns,
  actOnView,
  checkFilter,
  completeFilter,
  exportRuns,
  findRow,
  loadAllColumns,
  loadColumns,
  loadFacets,
  loadRows,
  loadRunIds,
  loadTrends,
  refresh,
  show,
  type Column,
  type TableFacts,
  type TableRow,
} from '../../../webviews/protocol/runsTable';
import { column, factsOf, plainRun } from '../../webviews/runsTable/tables';
import { refuse, type HostileView, type TextFor } from './hostileView';

export const hostileRunsTable: HostileView = {
  name: 'runsTable',
  drawn: '[role=rowheader] .name:not(:empty)',
  serve: (channel, textFor) => {
    const columns = columnsOf(textFor);
    const rows = rowsOf(textFor, columns.length);
    channel.listen(ready, () => {
      channel.send(show, {
        kind: 'ready',
        subject: { connectionUri: 'http://127.0.0.1:5000', experimentIds: ['7'] },
        arrangement: { ...plainArrangement, isShaded: true, groupBy: columns[0]?.id ?? '' },
        table: tableOf(textFor, rows.length),
      });
    });
    channel.handle(loadColumns, () => columns);
    channel.handle(loadAllColumns, () => columns);
    channel.handle(loadRows, ({ from, to, columns: asked }) => ({
      version: 1,
      rows: rows.slice(from, to).map((row) => ({
        ...row,
        cells: asked.map((id) => row.cells[columns.findIndex((one) => one.id === id)] ?? null),
      })),
    }));
    channel.handle(loadRunIds, () => ['run0']);
    channel.handle(findRow, () => 0);
    channel.handle(loadTrends, ({ runIds }) =>
      runIds.map((runId) => ({
        runId,
        points: { x: Float64Array.of(0, 1), y: Float64Array.of(1, 0) },
        cause: textFor('history failure'),
      })),
    );
    channel.handle(loadFacets, () => ({
      statuses: [],
      users: [{ value: textFor('user'), count: 1 }],
      datasets: [{ value: textFor('dataset'), count: 1 }],
    }));
    channel.handle(checkFilter, () => ({
      kind: 'invalid' as const,
      message: textFor('mistake in the filter'),
      offset: 0,
      length: 1,
    }));
    channel.handle(completeFilter, () => ({
      from: 0,
      to: 0,
      items: [{ insert: 'x', label: textFor('suggestion'), detail: 'metric' }],
    }));
    refuse(channel, refresh, textFor);
    refuse(channel, actOnRuns, textFor);
    refuse(channel, actOnView, textFor);
    refuse(channel, exportRuns, textFor);
  },
  fail: (channel, textFor) => {
    channel.send(show, {
      kind: 'failed',
      subject: { connectionUri: 'http://127.0.0.1:5000', experimentIds: ['7'] },
      arrangement: plainArrangement,
      cause: textFor('failure'),
    });
  },
  visit: async (page: Page, look) => {
    const box = page.getByRole('combobox');
    await box.fill('m');
    await page.getByRole('option').first().waitFor();
    await look();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save View…' }).click();
    await page.getByRole('dialog', { name: 'Save View' }).waitFor();
  },
};

function columnsOf(text: TextFor): readonly Column[] {
  // Longer keys are no columns.
  const textFor: TextFor = (sink) => text(sink).slice(0, 5000);
  const metric = textFor('metric key');
  return [
    column('params', textFor('parameter key')),
    column('metrics', metric, { range: { min: 0, max: 1 } }),
    column('metrics', metric, {
      id: columnIdOf('metrics', metric, 'trend'),
      statistic: 'trend',
      format: 'trend',
    }),
    column('tags', textFor('tag key')),
  ];
}

function rowsOf(textFor: TextFor, columnCount: number): readonly TableRow[] {
  const texts = Array.from({ length: columnCount }, (_, index) => textFor(`cell ${index === 2 ? 0 : index}`));
  const group: TableRow = {
    kind: 'group',
    id: 'group',
    value: textFor('group value'),
    runCount: 2,
    fold: 'open',
    cells: texts.map(() => ({ count: 2, text: textFor('group cell') })),
  };
  const run: TableRow = {
    ...plainRun(0),
    name: textFor('run name'),
    problem: textFor('problem'),
    cells: texts,
  };
  return [group, run, { ...run, id: 'run1' }];
}

function tableOf(textFor: TextFor, rowCount: number): TableFacts {
  return factsOf(rowCount, {
    notes: [textFor('note')],
    reading: { all: true, why: textFor('why it reads') },
    views: [
      { name: textFor('view'), isShared: false },
      { name: textFor('shared view'), isShared: true },
    ],
    sharing: { isPossible: false, why: textFor('why not shared') },
  });
}
