import type { Chart, ChartConfiguration, Scale } from 'chart.js';
import type { PlotTheme } from '../../shared/palette';
import { clampText, formatNumber, visibleText } from '../../shared/text';
import type { Mark } from './nearestRun';
import type { Variable } from './variables';

/** What one kind of plot draws by chart.js, and where that puts the runs. */

/** In the name of one kind: the type of all kinds together is too large for the compiler. */
export type PlotConfiguration = ChartConfiguration<'scatter'>;

/** How a run is drawn. */
export interface RunStyle {
  /** As CSS has it, with no variables. */
  readonly color: string;
  /** Lengths of strokes and gaps in CSS pixels; empty for an unbroken line. */
  readonly dash: readonly number[];
}

export interface DrawingContext {
  readonly theme: PlotTheme;
  /** By the runs' places. */
  readonly styles: readonly RunStyle[];
}

export interface Drawing {
  configure(context: DrawingContext): PlotConfiguration;
  marksOf(chart: Chart): readonly Mark[];
}

/** What all plots have in common: they are drawn at once, and told of the pointer by others. */
export const still = {
  animation: false as const,
  responsive: false,
  maintainAspectRatio: false,
  events: [] as never[],
};

export function tickStyle(theme: PlotTheme) {
  return { color: theme.foreground, font: { family: theme.fontFamily, size: theme.fontSize } };
}

/** An axis of a variable, with its name beside it where there is one. */
export function scaleOf(axis: 'x' | 'y', variable: Variable, theme: PlotTheme) {
  return {
    type: 'linear' as const,
    axis,
    position: axis === 'x' ? ('bottom' as const) : ('left' as const),
    ...rangeOf(variable),
    grid: { color: theme.grid, tickColor: theme.grid },
    border: { color: theme.grid },
    title: { display: true, text: nameOf(variable.name, 60), ...tickStyle(theme) },
    ticks: ticksOf(variable, theme),
  };
}

/** In CSS pixels. */
const widestTick = 112;

/** Categories have as much room each; numbers a little at both ends. */
function rangeOf({ categories }: Variable) {
  if (!categories) return { grace: '5%' };
  const afterBuildTicks = (scale: Scale) => {
    scale.ticks = categories.map((_, value) => ({ value }));
  };
  return { min: -0.5, max: categories.length - 0.5, afterBuildTicks };
}

/** Categories stand at whole numbers. `roomOf` tells how wide their texts may be in a chart. */
export function ticksOf(
  { categories }: Variable,
  theme: PlotTheme,
  roomOf: (chart: Chart) => number = () => widestTick,
) {
  const style = { ...tickStyle(theme), maxRotation: 0, autoSkipPadding: 8 };
  if (!categories) return { ...style, callback: (value: number | string) => formatNumber(String(value)) };
  const callback = function (this: { readonly chart: Chart }, value: number | string) {
    const text = categories[Number(value)];
    return text === undefined ? '' : fitName(text, Math.min(widestTick, roomOf(this.chart))) || '(empty)';
  };
  return { ...style, stepSize: 1, autoSkip: false, callback };
}

/** A stranger's text as one short line. */
export function nameOf(text: string, characters: number): string {
  return visibleText(clampText(text, characters, 1).text).replace(/\s+/g, ' ');
}

/** A name as long as there is room for, at about seven pixels a character. */
export function fitName(text: string, room: number): string {
  return nameOf(text, Math.max(4, Math.floor(room / 7)));
}

export function pixelOf(scale: Scale | undefined, value: number): number {
  return scale ? scale.getPixelForValue(value) : NaN;
}
