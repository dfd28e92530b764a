import { button, element } from '../../shared/dom';

export interface Tabs<Id extends string> {
  readonly element: HTMLElement;
  set(id: Id): void;
}

/** A row of tabs, of which one is chosen: by click, or by arrow keys, Home and End. */
export function createTabs<Id extends string>(
  label: string,
  panelId: string,
  titles: Readonly<Record<Id, string>>,
  choose: (id: Id) => void,
): Tabs<Id> {
  const ids = Object.keys(titles) as Id[];
  const tabs = ids.map((id) =>
    button({ class: 'tab', role: 'tab', aria: { controls: panelId }, onClick: () => choose(id) }, titles[id]),
  );
  const made = element('div', { class: 'tabs', role: 'tablist', aria: { label } }, ...tabs);
  made.addEventListener('keydown', (event) => {
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const next = placeAfter(event.key, at, tabs.length);
    const id = next === undefined ? undefined : ids[next];
    if (next === undefined || id === undefined) return;
    event.preventDefault();
    choose(id);
    tabs[next]?.focus();
  });
  return {
    element: made,
    set: (chosen) => {
      for (const [index, tab] of tabs.entries()) {
        tab.setAttribute('aria-selected', String(ids[index] === chosen));
        tab.tabIndex = ids[index] === chosen ? 0 : -1;
      }
    },
  };
}

function placeAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
