import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';

/** What stands where a run will be: bones of the page, without a word of it. */
export function skeleton(): HTMLElement {
  const bone = (kind: string) => element('div', { class: `bone ${kind}` });
  const line = () => element('div', { class: 'bone-row' }, bone('bone-name'), bone('bone-value'));
  return element(
    'div',
    { class: 'skeleton', role: 'status', tabIndex: -1, aria: { label: 'Loading the run', busy: 'true' } },
    bone('bone-title'),
    bone('bone-pill'),
    element('div', { class: 'bone-facts' }, ...Array.from({ length: 6 }, () => bone('bone-fact'))),
    ...Array.from({ length: 6 }, line),
  );
}

/** Why there is no run to see, and the way to try again. */
export function failure(cause: string, runId: string, retry: () => void): HTMLElement {
  const retryButton = button({ class: 'button primary', onClick: retry }, icon('refresh'), 'Retry');
  return element(
    'div',
    { class: 'failure', role: 'alert', tabIndex: -1 },
    icon('failed'),
    element('h1', {}, 'This run could not be read'),
    element('p', { class: 'stranger' }, visibleText(cause.slice(0, 2000))),
    element(
      'p',
      { class: 'quiet' },
      'Run ',
      element('code', { class: 'stranger' }, visibleText(runId.slice(0, 100))),
    ),
    retryButton,
  );
}

/** The thin line on top of a page that waits for something. */
export function progressBar(): HTMLElement {
  return element(
    'div',
    { class: 'progress', role: 'progressbar', aria: { label: 'Loading' }, hidden: true },
    element('div', { class: 'progress-bit' }),
  );
}
