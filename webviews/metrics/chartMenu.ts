import type { ChartMetric, Direction, FileExport } from '../protocol/metrics';
import { openMenu, type MenuItem } from '../shared/menu';
import { changeChart, chartOf, isLogYOf, xRangeOf, zoomChart } from './arrangement';
import type { ChartContext, ChartServices } from './chartContext';
import { makeFile } from './chartFiles';
import type { DrawnLine } from './picture';
import type { Plot } from './plot/plot';
import { openRangeDialog } from './rangeDialog';
import { initialOrder, sortRows, toMarkdown } from './statistics';

export interface MenuChart {
  readonly metric: ChartMetric;
  readonly context: ChartContext;
  readonly drawn: readonly DrawnLine[];
  readonly plot: Plot;
}

/** What can be done with a chart beyond its buttons. */
export function openChartMenu(anchor: HTMLElement, chart: MenuChart, services: ChartServices): void {
  openMenu(anchor, `More actions for ${chart.metric.key}`, [
    ...viewItems(anchor, chart, services),
    { kind: 'separator' },
    ...directionItems(chart.metric, services),
    { kind: 'separator' },
    ...exportItems(chart, services),
  ]);
}

function viewItems(
  anchor: HTMLElement,
  { metric: { key }, context: { arrangement } }: MenuChart,
  { arrange }: ChartServices,
): readonly MenuItem[] {
  const isLogY = isLogYOf(arrangement, key);
  const openRanges = () => {
    openRangeDialog(anchor, {
      metric: key,
      axis: arrangement.x,
      isLogX: arrangement.isLogX,
      isLogY,
      ranges: { x: xRangeOf(arrangement, key), y: chartOf(arrangement, key).y },
      apply: ({ x, y }) => {
        arrange((before) => zoomChart(before, key, x, y));
      },
    });
  };
  return [
    {
      kind: 'check',
      label: 'Logarithmic vertical axis',
      isChecked: isLogY,
      run: () => {
        arrange((before) => changeChart(before, key, { isLogY: !isLogY }));
      },
    },
    { kind: 'action', label: 'Set ranges…', icon: 'range', run: openRanges },
  ];
}

function directionItems({ key, direction }: ChartMetric, services: ChartServices): readonly MenuItem[] {
  const item = (label: string, value: Direction): MenuItem => ({
    kind: 'check',
    label,
    isChecked: direction === value,
    run: () => {
      services.setDirection(key, value);
    },
  });
  return [item('Lower is better', 'lower'), item('Higher is better', 'higher')];
}

function exportItems(chart: MenuChart, services: ChartServices): readonly MenuItem[] {
  const { metric, context, drawn, plot } = chart;
  const attempt = (work: () => Promise<string | undefined>) => {
    work().then((told) => {
      if (told !== undefined) services.say(told);
    }, services.report);
  };
  const save = (type: FileExport['type']) => () => {
    attempt(async () => {
      const file = await makeFile(type, metric.key, plot, context.arrangement.x, drawn);
      return (await services.saveFile(file)) ? 'Saved' : undefined;
    });
  };
  const saveHistory = () => {
    const runIds = context.lines.filter(({ isDrawn }) => isDrawn).flatMap((line) => line.runIds);
    attempt(async () =>
      (await services.exportHistory({ metric: metric.key, runIds })) ? 'Saved' : undefined,
    );
  };
  const copyTable = () => {
    attempt(async () => {
      const rows = sortRows(drawn, initialOrder(metric.direction));
      await services.copy(toMarkdown(metric.key, rows));
      return 'Copied';
    });
  };
  return [
    { kind: 'action', label: 'Save as PNG…', icon: 'image', run: save('png') },
    { kind: 'action', label: 'Save as SVG…', icon: 'image', run: save('svg') },
    { kind: 'action', label: 'Save shown points as CSV…', icon: 'export', run: save('csv') },
    { kind: 'action', label: 'Save full history as CSV…', icon: 'export', run: saveHistory },
    { kind: 'action', label: 'Copy table as Markdown', icon: 'copy', run: copyTable },
  ];
}
