import type { ChartData, LineData, Points, Statistics } from '../../../webviews/protocol/metrics';
import type { ChartLine } from '../../../webviews/metrics/lines';
import type { DrawnLine } from '../../../webviews/metrics/picture';

/** Lines as the view has them, for tests. */

export function points(...pairs: readonly (readonly [x: number, y: number])[]): Points {
  return { x: Float64Array.from(pairs, ([x]) => x), y: Float64Array.from(pairs, ([, y]) => y) };
}

export function someLine(id: string, change: Partial<ChartLine> = {}): ChartLine {
  return { id, name: `run ${id}`, runIds: [id], color: 0, isRun: true, isDrawn: true, ...change };
}

export function someData(id: string, of: Points, change: Partial<LineData> = {}): LineData {
  const statistics: Statistics = {};
  return { id, points: of, marks: [], shown: of.x.length, total: of.x.length, statistics, ...change };
}

export function drawnLine(
  id: string,
  of: Points,
  change: Partial<LineData> = {},
  line: Partial<ChartLine> = {},
): DrawnLine {
  return { line: someLine(id, line), data: someData(id, of, change) };
}

/** What a chart is answered: all of these, over the extent of their points. */
export function chartData(drawn: readonly DrawnLine[], change: Partial<ChartData> = {}): ChartData {
  const xs = drawn.flatMap(({ data }) => [...data.points.x]);
  const extent = xs.length > 0 ? { extent: [Math.min(...xs), Math.max(...xs)] as const } : {};
  return {
    lines: drawn.map(({ data }) => data),
    ...extent,
    isPreview: false,
    pending: 0,
    failures: [],
    ...change,
  };
}
