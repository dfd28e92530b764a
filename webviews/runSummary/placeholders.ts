import { element } from '../shared/dom';
import { bone, skeleton } from '../shared/sight';
import { visibleText } from '../shared/text';

/** What stands where a run will be. */
export function runBones(): HTMLElement {
  const line = () => element('div', { class: 'bone-row' }, bone('bone-name'), bone('bone-value'));
  return skeleton(
    'Loading the run',
    bone('bone-title'),
    bone('bone-pill'),
    element('div', { class: 'bone-facts' }, ...Array.from({ length: 6 }, () => bone('bone-fact'))),
    ...Array.from({ length: 6 }, line),
  );
}

/** Which run it is that cannot be read. */
export function nameRun(runId: string): HTMLElement {
  const id = element('code', { class: 'stranger' }, visibleText(runId.slice(0, 100)));
  return element('p', { class: 'quiet' }, 'Run ', id);
}
