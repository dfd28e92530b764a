import { button, element, type Child } from './dom';

/** Small controls that look like VS Code's own. */

export interface Toggle {
  readonly element: HTMLButtonElement;
  set(isOn: boolean): void;
}

/** A button that stays pressed. */
export function toggleButton(label: string, toggle: () => void, ...children: readonly Child[]): Toggle {
  const made = button(
    { class: 'toggle', title: label, aria: { label, pressed: 'false' }, onClick: toggle },
    ...children,
  );
  return {
    element: made,
    set: (isOn) => {
      made.setAttribute('aria-pressed', String(isOn));
    },
  };
}

export interface Choice {
  readonly value: string;
  readonly title: string;
  /** The heading that it stands under. */
  readonly group?: string;
}

export interface Select {
  readonly element: HTMLSelectElement;
  set(choices: readonly Choice[], value: string): void;
}

export function select(label: string, choose: (value: string) => void): Select {
  const made = element('select', { class: 'select', title: label, aria: { label } });
  let shown = '';
  made.addEventListener('change', () => {
    choose(made.value);
  });
  return {
    element: made,
    set: (choices, value) => {
      const text = JSON.stringify(choices);
      if (text !== shown) made.replaceChildren(...optionsOf(choices));
      shown = text;
      made.value = value;
    },
  };
}

function optionsOf(choices: readonly Choice[]): readonly HTMLElement[] {
  const groups = new Map<string, HTMLOptGroupElement>();
  const made: HTMLElement[] = [];
  for (const { value, title, group } of choices) {
    const option = element('option', {}, title);
    option.value = value;
    if (group === undefined) {
      made.push(option);
      continue;
    }
    const before = groups.get(group);
    const holder = before ?? element('optgroup');
    holder.label = group;
    holder.append(option);
    if (before) continue;
    groups.set(group, holder);
    made.push(holder);
  }
  return made;
}

export interface SearchBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

/** A box to type in, with what stands inside of it at either end. */
export function textBox(
  label: string,
  placeholder: string,
  type: (text: string) => void,
  before: Child,
  ...after: readonly Child[]
): SearchBox {
  const input = element('input', { title: label, aria: { label } });
  input.type = 'text';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.placeholder = placeholder;
  input.addEventListener('input', () => {
    type(input.value);
  });
  return { element: element('div', { class: 'text-box' }, before, input, ...after), input };
}

/** A small button with nothing but its picture. */
export function iconButton(label: string, glyph: HTMLElement, run: () => void): HTMLButtonElement {
  return button({ class: 'icon-button', title: label, aria: { label }, onClick: run }, glyph);
}
