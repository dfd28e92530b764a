import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot';
import { CategoryScale, Chart, LinearScale } from 'chart.js';
import {
  fitName,
  nameOf,
  pixelOf,
  still,
  tickStyle,
  type Drawing,
  type DrawingContext,
  type PlotConfiguration,
} from './drawing';
import { formatNumber } from '../../shared/text';
import type { Box } from './choices';
import type { Mark } from './nearestRun';

Chart.register(BoxPlotController, BoxAndWiskers, CategoryScale, LinearScale);

/** How wide a box is and how far from one another its dots are at most, in CSS pixels. */
const widestBox = 160;
const widestGap = 9;

/** A box for each group, with a dot for each run over it. */
export function drawBoxes(
  boxes: readonly Box[],
  titles: { readonly x: string; readonly y: string },
): Drawing {
  return {
    configure: (context) => configure(boxes, titles, context),
    marksOf: (chart) => marksOf(boxes, chart),
  };
}

function configure(
  boxes: readonly Box[],
  titles: { readonly x: string; readonly y: string },
  { theme }: DrawingContext,
): PlotConfiguration {
  const label = function (this: { readonly chart: Chart }, _: unknown, index: number) {
    return fitName(boxes[index]?.label ?? '', this.chart.width / Math.max(1, boxes.length) - 12);
  };
  const titleOf = (text: string) => ({ display: text !== '', text: nameOf(text, 60), ...tickStyle(theme) });
  return {
    type: 'boxplot',
    data: {
      labels: boxes.map((_, index) => String(index)),
      datasets: [
        {
          data: boxes.map(({ points }) => points.map(({ value }) => value)),
          backgroundColor: theme.grid,
          borderColor: theme.foreground,
          borderWidth: theme.isHighContrast ? 2 : 1,
          ...{ maxBarThickness: widestBox, categoryPercentage: 0.8, barPercentage: 0.9 },
          ...{ itemRadius: 0, outlierRadius: 0, meanRadius: 0 },
        },
      ],
    },
    options: {
      ...still,
      layout: { padding: { top: 8, right: 14 } },
      scales: {
        x: {
          type: 'category',
          title: titleOf(titles.x),
          grid: { display: false },
          border: { color: theme.grid },
          ticks: { ...tickStyle(theme), autoSkip: false, maxRotation: 0, callback: label },
        },
        y: {
          type: 'linear',
          beginAtZero: false,
          grace: '5%',
          title: titleOf(titles.y),
          grid: { color: theme.grid, tickColor: theme.grid },
          border: { color: theme.grid },
          ticks: { ...tickStyle(theme), callback: (value: number | string) => formatNumber(String(value)) },
        },
      },
    },
  } as unknown as PlotConfiguration;
}

/** A run is in one group, but has a dot for each of several variables. */
function marksOf(boxes: readonly Box[], { scales, chartArea }: Chart): readonly Mark[] {
  const width = Math.min(widestBox, (chartArea.width / boxes.length) * 0.72);
  return boxes.flatMap(({ points }, box) =>
    points.map(({ run, value }, index) => ({
      run,
      paths: [
        [
          {
            x:
              pixelOf(scales['x'], box) +
              (index - (points.length - 1) / 2) * Math.min(widestGap, width / points.length),
            y: pixelOf(scales['y'], value),
          },
        ],
      ],
    })),
  );
}
