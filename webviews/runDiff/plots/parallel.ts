import { registry, type Chart } from 'chart.js';
import { LinearAxis, LineSegment, ParallelCoordinatesController, PCPScale } from 'chartjs-chart-pcp';
import {
  fitName,
  still,
  ticksOf,
  tickStyle,
  type Drawing,
  type DrawingContext,
  type PlotConfiguration,
} from './drawing';
import type { Mark, Point } from './nearestRun';
import type { Variable } from './variables';

registry.addControllers(ParallelCoordinatesController);
registry.addElements(LinearAxis, LineSegment);
registry.addScales(PCPScale);

const mostTicks = 7;

/** A line for each run over axes side by side; it is broken where the run has no value. */
export function drawParallel(axes: readonly Variable[]): Drawing {
  return {
    configure: (context) => configure(axes, context),
    marksOf: (chart) => marksOf(axes, chart),
  };
}

function configure(axes: readonly Variable[], { theme, styles }: DrawingContext): PlotConfiguration {
  const datasets = axes.map((axis, place) => ({
    // The plugin finds a data set's axis by its label, so that a stranger's text is none.
    label: `axis ${place}`,
    data: styles.map((_, run) => axis.values[run] ?? NaN),
    borderColor: styles.map(({ color }, run) => (hasSegment(axes, place, run) ? color : 'transparent')),
    borderWidth: theme.isHighContrast ? 2.5 : 1.75,
    borderDash: ({ dataIndex }: { readonly dataIndex: number }) => [...(styles[dataIndex]?.dash ?? [])],
    grid: { display: false },
    border: { color: theme.foreground },
    ticks: {
      ...ticksOf(axis, theme, ({ width }) => roomBeside(place, axes.length, width)),
      maxTicksLimit: mostTicks,
      // Lines run behind the texts.
      ...{ showLabelBackdrop: true, backdropColor: theme.background, backdropPadding: 1 },
    },
  }));
  const name = function (this: { readonly chart: Chart }, _: unknown, index: number) {
    return fitName(axes[index]?.name ?? '', this.chart.width / Math.max(1, axes.length) - 8);
  };
  return {
    type: 'pcp',
    data: { labels: styles.map((_, run) => String(run)), datasets },
    options: {
      ...still,
      layout: { padding: { top: 12, left: 8, right: 8 } },
      scales: {
        x: {
          type: 'pcp',
          offset: true,
          grid: { display: false },
          border: { display: false },
          ticks: { ...tickStyle(theme), autoSkip: false, maxRotation: 0, callback: name },
        },
      },
    },
  } as unknown as PlotConfiguration;
}

/** Behind the outer axes there is half as much room as between two. */
function roomBeside(place: number, count: number, width: number): number {
  const isOuter = place === 0 || place === count - 1;
  return (width / count) * (isOuter ? 0.5 : 1) - 16;
}

function hasSegment(axes: readonly Variable[], place: number, run: number): boolean {
  return axes[place]?.values[run] !== undefined && axes[place - 1]?.values[run] !== undefined;
}

function marksOf(axes: readonly Variable[], chart: Chart): readonly Mark[] {
  const count = axes[0]?.values.length ?? 0;
  return Array.from({ length: count }, (_, run) => {
    const paths: Point[][] = [[]];
    for (const [place, axis] of axes.entries()) {
      if (axis.values[run] === undefined) paths.push([]);
      else paths.at(-1)?.push(endOf(chart, place, run));
    }
    return { run, paths: paths.filter((path) => path.length > 0) };
  });
}

/** Where the run's line meets an axis: the end of its segment. */
function endOf(chart: Chart, place: number, run: number): Point {
  const segment = chart.getDatasetMeta(place).data[run] as unknown as {
    readonly x1: number;
    readonly y1: number;
  };
  return { x: segment.x1, y: segment.y1 };
}
