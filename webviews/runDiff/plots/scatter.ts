import { Chart, LinearScale, PointElement, ScatterController } from 'chart.js';
import {
  pixelOf,
  scaleOf,
  still,
  type Drawing,
  type DrawingContext,
  type PlotConfiguration,
} from './drawing';
import type { Mark } from './nearestRun';
import type { Variable } from './variables';

Chart.register(ScatterController, PointElement, LinearScale);

/** A dot for each run that has both values. */
export function drawScatter(x: Variable, y: Variable): Drawing {
  return {
    configure: (context) => configure(x, y, context),
    marksOf: (chart) => marksOf(x, y, chart),
  };
}

function configure(x: Variable, y: Variable, { theme }: DrawingContext): PlotConfiguration {
  const points = placesOf(x, y).map(({ at }) => at);
  return {
    type: 'scatter',
    data: { datasets: [{ data: points, pointRadius: 0 }] },
    options: {
      ...still,
      layout: { padding: { top: 8, right: 14 } },
      scales: { x: scaleOf('x', x, theme), y: scaleOf('y', y, theme) },
    },
  };
}

function placesOf(x: Variable, y: Variable) {
  return x.values.flatMap((left, run) => {
    const up = y.values[run];
    return left === undefined || up === undefined ? [] : [{ run, at: { x: left, y: up } }];
  });
}

function marksOf(x: Variable, y: Variable, { scales }: Chart): readonly Mark[] {
  return placesOf(x, y).map(({ run, at }) => ({
    run,
    paths: [[{ x: pixelOf(scales['x'], at.x), y: pixelOf(scales['y'], at.y) }]],
  }));
}
