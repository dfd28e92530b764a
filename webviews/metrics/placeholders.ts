import { element } from '../shared/dom';
import { icon } from '../shared/icons';
import { bone, skeleton } from '../shared/sight';

/** What stands where the charts will be. */
export function chartBones(): HTMLElement {
  return skeleton(
    'Loading the charts',
    bone('bone-toolbar'),
    element(
      'div',
      { class: 'bone-page' },
      element('div', { class: 'bone-legend' }, ...Array.from({ length: 5 }, () => bone('bone-line'))),
      element('div', { class: 'bone-charts' }, ...Array.from({ length: 6 }, () => bone('bone-chart'))),
    ),
  );
}

/** Nothing to draw, and what would change that. */
export function emptiness(title: string, text: string, ...actions: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'message', role: 'status', tabIndex: -1 },
    icon('chart'),
    element('h2', {}, title),
    element('p', { class: 'quiet' }, text),
    ...actions,
  );
}
