import { button, element } from '../shared/dom';
import { placeBeside } from '../shared/placing';
import type { XAxis } from '../protocol/metrics';
import type { Range } from './arrangement';
import { nameAxis } from './formatX';
import { readTypedRange, typeEnd } from './manualRange';

export interface Ranges {
  readonly x: Range | undefined;
  readonly y: Range | undefined;
}

export interface RangeDialogOptions {
  readonly metric: string;
  readonly axis: XAxis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly ranges: Ranges;
  apply(ranges: Ranges): void;
}

/** Asks for the ranges of a chart's axes; empty ends mean that the axis follows the lines. */
export function openRangeDialog(anchor: HTMLElement, options: RangeDialogOptions): void {
  const isTime = options.axis.kind === 'time';
  const x = rangeFields(nameAxis(options.axis), options.ranges.x, options.axis.kind, options.isLogX);
  const y = rangeFields('Value', options.ranges.y, 'metric', options.isLogY);
  const form = element('form', {
    class: 'range-dialog',
    role: 'dialog',
    aria: { label: `Ranges of ${options.metric}` },
  });
  const set = (ranges: Ranges) => {
    form.hidePopover();
    options.apply(ranges);
  };
  const clear = () => {
    set({ x: undefined, y: undefined });
  };
  const apply = button({ class: 'button primary' }, 'Apply');
  apply.type = 'submit';
  const buttons = element(
    'div',
    { class: 'dialog-buttons' },
    button({ class: 'button secondary', onClick: clear }, 'Automatic'),
    apply,
  );
  form.append(x.element, y.element, buttons);
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = [x.read(isTime), y.read(false)] as const;
    if (typed[0].kind === 'valid' && typed[1].kind === 'valid') set({ x: typed[0].range, y: typed[1].range });
  });
  float(form, anchor);
  form.querySelector('input')?.focus();
}

function float(form: HTMLElement, anchor: HTMLElement): void {
  form.popover = 'auto';
  form.addEventListener('keydown', (event) => {
    event.stopPropagation();
  });
  form.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    const hadFocus = form.contains(document.activeElement) || document.activeElement === document.body;
    form.remove();
    if (hadFocus) anchor.focus();
  });
  document.body.append(form);
  form.showPopover();
  placeBeside(form, anchor.getBoundingClientRect());
}

let lastId = 0;

function rangeFields(title: string, range: Range | undefined, kind: XAxis['kind'], isLog: boolean) {
  const end = (label: string, value: number | undefined) => {
    const input = element('input', { aria: { label: `${title} ${label}` } });
    input.type = kind === 'time' ? 'datetime-local' : 'number';
    input.step = kind === 'time' ? '1' : 'any';
    input.value = typeEnd(value, kind);
    return input;
  };
  const [from, to] = [end('from', range?.[0]), end('to', range?.[1])];
  const trouble = element('p', {
    class: 'trouble',
    id: `range-trouble-${++lastId}`,
    role: 'alert',
    hidden: true,
  });
  const row = element('div', { class: 'range-row' }, from, element('span', { class: 'quiet' }, 'to'), to);
  const legend = element('legend', {}, title);
  return {
    element: element('fieldset', { class: 'range-fields' }, legend, row, trouble),
    /** What was typed; what is wrong with it is said below. */
    read: (isTime: boolean) => {
      const typed = readTypedRange(from.value, to.value, isLog, isTime);
      trouble.hidden = typed.kind === 'valid';
      trouble.textContent = typed.kind === 'invalid' ? typed.reason : '';
      for (const input of [from, to]) input.setAttribute('aria-invalid', String(typed.kind === 'invalid'));
      return typed;
    },
  };
}
