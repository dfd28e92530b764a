import { Chart, type ChartConfiguration, LinearScale, LogarithmicScale, type Scale } from 'chart.js';
import type { PlotTheme } from '../../shared/palette';
import type { PlotAxis, PlotView } from './plotView';

Chart.register(LinearScale, LogarithmicScale);

/** Pixels that a tick of an axis takes at least, across and up. */
const tickRoom = { x: 70, y: 45 } as const;

/**
 * A chart of chart.js with axes and nothing else: the lines are drawn by a plugin, straight from typed arrays. Chart.js would
 * make an object of every point, which costs more time and memory than drawing it.
 */
export function axesConfiguration(
  view: PlotView,
  theme: PlotTheme,
  drawInside: (chart: Chart) => void,
): ChartConfiguration<'scatter', never[]> {
  return {
    type: 'scatter',
    data: { datasets: [] },
    options: {
      animation: false,
      responsive: false,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 12 } },
      scales: {
        x: scaleOptions('x', view.x, theme),
        y: scaleOptions('y', view.y, theme),
      },
    },
    plugins: [{ id: 'lines', beforeDatasetsDraw: drawInside }],
  };
}

export function scaleOptions(
  direction: 'x' | 'y',
  { from, to, isLog, format, ticks }: PlotAxis,
  theme: PlotTheme,
) {
  const span = to - from;
  return {
    type: isLog ? ('logarithmic' as const) : ('linear' as const),
    axis: direction,
    position: direction === 'x' ? ('bottom' as const) : ('left' as const),
    min: from,
    max: to,
    grid: { color: theme.grid, tickColor: theme.grid, drawTicks: true, tickLength: 4 },
    border: { color: theme.grid },
    ticks: {
      color: theme.foreground,
      font: { family: theme.fontFamily, size: theme.fontSize },
      maxRotation: 0,
      autoSkipPadding: 12,
      includeBounds: false,
      callback: (value: number | string) => format(Number(value), span),
    },
    ...(ticks
      ? {
          afterBuildTicks: (scale: Scale) => {
            const length = direction === 'x' ? scale.width : scale.height;
            const count = Math.max(2, Math.floor(length / tickRoom[direction]));
            scale.ticks = ticks(from, to, count).map((value) => ({ value }));
          },
        }
      : {}),
  };
}
