import type { Page } from 'playwright-core';
import {
  exportHistory,
  loadChart,
  loadMoreRuns,
  readPoints,
  refresh,
  saveFile,
  show,
  type ChartData,
  type ChartQuery,
  type ExactPoint,
  type LineQuery,
  type MetricsCharts,
} from '../../../webviews/protocol/metrics';
import { ready } from '../../../webviews/protocol/panel';
import { refuse, type HostileView, type TextFor } from './hostileView';

const subject = { connectionUri: 'http://127.0.0.1:5000', experimentId: '7', runIds: [] };
const steps = [0, 1, 2, 3];

export const hostileMetrics: HostileView = {
  name: 'metrics',
  drawn: '.chart.has-picture',
  serve: (channel, textFor) => {
    channel.listen(ready, () => {
      channel.send(show, { kind: 'ready', subject, charts: chartsOf(textFor) });
    });
    channel.handle(loadChart, (query) => {
      if (query.metric === 'unreadable') throw new Error(textFor('chart failure'));
      return dataOf(query, textFor);
    });
    channel.handle(readPoints, ({ lines, at }) => lines.map((line) => pointOf(line, at)));
    refuse(channel, refresh, textFor);
    refuse(channel, loadMoreRuns, textFor);
    refuse(channel, exportHistory, textFor);
    refuse(channel, saveFile, textFor);
  },
  fail: (channel, textFor) => {
    channel.send(show, { kind: 'failed', subject, cause: textFor('failure') });
  },
  visit: async (page: Page) => {
    await page.locator('.chart.has-picture .plot').first().hover();
    await page.locator('.tooltip:visible').waitFor();
  },
};

function chartsOf(text: TextFor): MetricsCharts {
  const run = (index: number) => ({
    id: `r${index}`,
    name: `${text(`run name ${index}`)} ${index}`,
    status: 'FINISHED' as const,
    color: index,
    startedAt: 1_700_000_000_000,
  });
  const metric = (key: string) => ({ key, runCount: 2, direction: 'lower' as const });
  return {
    title: text('title'),
    runs: [run(0), run(1)],
    metrics: [
      metric(text('metric key')),
      metric(`${text('metric group')}/${text('metric in a group')}`),
      metric('unreadable'),
    ],
    groupKeys: [
      { source: 'param', key: text('parameter key'), values: [text('parameter value'), null] },
      { source: 'tag', key: text('tag key'), values: [text('tag value'), `${text('tag value')} `] },
    ],
    hasMore: true,
    notes: [text('note')],
  };
}

function dataOf({ lines }: ChartQuery, textFor: TextFor): ChartData {
  return {
    lines: lines.map(({ id }, index) => ({
      id,
      points: { x: Float64Array.from(steps), y: Float64Array.from(steps, (step) => step * (index + 1)) },
      marks: [],
      shown: steps.length,
      total: steps.length,
      statistics: { last: { value: 3, step: '3' }, best: { value: 0, step: '0' } },
    })),
    extent: [0, 3],
    isPreview: false,
    pending: 0,
    failures: [{ runId: 'r1', cause: textFor('history failure') }],
  };
}

function pointOf({ id, runIds }: LineQuery, at: number): ExactPoint {
  const x = Math.max(0, Math.min(3, Math.round(at)));
  return { id, runId: runIds[0] ?? '', x, value: x, step: String(x), loggedAt: 1_700_000_000_000 };
}
