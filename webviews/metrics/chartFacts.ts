import type { Direction, Extreme } from '../protocol/metrics';
import { element, replaceChildren } from '../shared/dom';
import { visibleText } from '../shared/text';
import { formatCompact, formatStepText } from './formatX';
import type { DrawnLine } from './picture';
import { bestLine } from './statistics';

/** The numbers beside a chart: of its only line, or the best of all lines. */
export function showFacts(place: HTMLElement, drawn: readonly DrawnLine[], direction: Direction): void {
  const [only] = drawn;
  if (only && drawn.length === 1) {
    const { last, best, min, max } = only.data.statistics;
    // The best is the lowest or the highest: it is told once.
    const extremes =
      direction === 'lower'
        ? [fact('best, min', best ?? min), fact('max', max)]
        : [fact('best, max', best ?? max), fact('min', min)];
    replaceChildren(place, fact('last', last), ...extremes);
    return;
  }
  const best = bestLine(drawn, direction);
  if (!best) {
    replaceChildren(place);
    return;
  }
  const name = element('span', { class: 'fact-run' }, visibleText(best.line.name));
  replaceChildren(place, fact('best', best.data.statistics.best), name);
}

function fact(label: string, extreme: Extreme | undefined): HTMLElement | undefined {
  if (!extreme) return undefined;
  const title = `${label} ${String(extreme.value)} at step ${extreme.step}`;
  const value = element('span', { class: 'fact-value' }, formatCompact(extreme.value));
  const at = element('span', { class: 'fact-step' }, ` @ ${formatStepText(extreme.step)}`);
  return element('span', { class: 'fact', title }, `${label} `, value, at);
}
