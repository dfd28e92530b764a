import type { ChartData, XAxis } from '../protocol/metrics';
import { visibleText } from '../shared/text';
import { formatPlace, nameAxis } from './formatX';
import type { PlotView } from './plot/plotView';

/** What a screen reader says of a chart: `loss, 3 lines, Step from step 0 to step 100, values 0.1 to 2`. */
export function describeView(metric: string, view: PlotView | undefined, x: XAxis): string {
  if (!view) return visibleText(metric);
  const count = view.lines.length;
  const noun = view.kind === 'bars' ? 'bar' : 'line';
  const parts = [visibleText(metric), `${count} ${noun}${count === 1 ? '' : 's'}`];
  if (view.kind === 'lines') {
    parts.push(`${nameAxis(x)} from ${formatPlace(x, view.x.from)} to ${formatPlace(x, view.x.to)}`);
  }
  const { from, to, format } = view.y;
  parts.push(`values ${format(from, to - from)} to ${format(to, to - from)}`);
  return parts.join(', ');
}

/** So many failures are told one by one. */
const toldFailures = 5;

export function describeFailures(
  failures: ChartData['failures'],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const told = failures
    .slice(0, toldFailures)
    .map(({ runId, cause }) => visibleText(`${names.get(runId) ?? runId}: ${cause}`));
  const left = failures.length - told.length;
  return left > 0 ? [...told, `and ${left} more`] : told;
}
