import { formatCount, formatNumber } from '../../shared/text';
import type { PlotChoices, PlotKind } from './choices';
import { nameOf } from './drawing';
import type { Variable } from './variables';

/** What is said of a plot in words. */

export const plotTitles: Readonly<Record<PlotKind, string>> = {
  parallel: 'Parallel Coordinates',
  scatter: 'Scatter',
  box: 'Box Plot',
};

/** The variables that a kind of plot draws, each once. */
export function drawnBy(kind: PlotKind, { axes, x, y, values }: PlotChoices): readonly Variable[] {
  switch (kind) {
    case 'parallel':
      return axes;
    case 'scatter':
      return [...new Set([x, y])].filter((one) => one !== undefined);
    case 'box':
      return values;
  }
}

/** What a screen reader says in place of the picture. */
export function describePlot(kind: PlotKind, drawn: readonly Variable[], runs: number): string {
  const names = drawn.map(({ name }) => nameOf(name, 60)).join(', ');
  return `${plotTitles[kind]} of ${formatCount(runs, 'run')} over ${names}. The values are in the table below.`;
}

/** What the plot leaves out, empty where nothing is: `2 values are NaN or infinite and left out`. */
export function describeLeftOut(drawn: readonly Variable[]): string {
  const unbounded = drawn.reduce((sum, { unbounded: count }) => sum + count, 0);
  if (unbounded === 0) return '';
  return `${formatCount(unbounded, 'value')} ${unbounded === 1 ? 'is' : 'are'} NaN or infinite and left out`;
}

/** What a run has of the variables: `lr 0.1 · loss 0.25`. */
export function describeValues(drawn: readonly Variable[], run: number): string {
  return drawn
    .map(({ name, values, categories }) => {
      const value = values[run];
      const text = value === undefined ? '—' : (categories?.[value] ?? formatNumber(String(value)));
      return `${nameOf(name, 40)} ${nameOf(text, 40)}`;
    })
    .join(' · ');
}
