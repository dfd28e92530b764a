/** Builds DOM from text and elements only; markup in a string stays text. */

export interface Properties {
  readonly class?: string;
  readonly id?: string;
  readonly title?: string;
  readonly role?: string;
  readonly tabIndex?: number;
  readonly hidden?: boolean;
  readonly aria?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly onClick?: (event: Event) => void;
}

export type Child = Node | string | undefined;

/** An element with its properties and children; undefined children are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (properties.class !== undefined) made.className = properties.class;
  if (properties.id !== undefined) made.id = properties.id;
  if (properties.title !== undefined) made.title = properties.title;
  if (properties.role !== undefined) made.setAttribute('role', properties.role);
  if (properties.tabIndex !== undefined) made.tabIndex = properties.tabIndex;
  if (properties.hidden !== undefined) made.hidden = properties.hidden;
  for (const [name, value] of Object.entries(properties.aria ?? {})) made.setAttribute(`aria-${name}`, value);
  Object.assign(made.dataset, properties.data);
  if (properties.onClick) made.addEventListener('click', properties.onClick);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A button that submits nothing. */
export function button(properties: Properties, ...children: readonly Child[]): HTMLButtonElement {
  const made = element('button', properties, ...children);
  made.type = 'button';
  return made;
}

/**
 * Replaces what a container holds. Focus stays on the element with the same `data-focus` as before, so that an update
 * does not take the keyboard away from its user.
 */
export function replaceChildren(container: Element, ...children: readonly Child[]): void {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const key = focused instanceof HTMLElement ? focused.dataset['focus'] : undefined;
  container.replaceChildren(...children.filter((child) => child !== undefined));
  if (key === undefined) return;
  const candidates = container.querySelectorAll<HTMLElement>('[data-focus]');
  [...candidates].find((candidate) => candidate.dataset['focus'] === key)?.focus({ preventScroll: true });
}

/** Calls `render` when the value differs from the last one, by content. */
export function onChangeOf<T>(render: (value: T) => void): (value: T) => void {
  let last: string | undefined;
  return (value) => {
    const text = JSON.stringify(value);
    if (text === last) return;
    last = text;
    render(value);
  };
}
