import { button, element, replaceChildren, type Child } from '../dom';
import { icon, type IconName } from '../icons';
import { clampText, visibleText } from '../text';
import { banner } from './banner';

/** The head of a page: its title with actions, what it is, and what is to be known of all below. */
export interface PageHeader {
  readonly element: HTMLElement;
  readonly fill: (parts: HeaderParts) => void;
  /** Says beside what is shown what went wrong while it stays in sight; undefined takes it back. */
  readonly setTrouble: (cause: string | undefined) => void;
}

export interface HeaderParts {
  readonly name: string;
  /** Of the group of actions, for screen readers. */
  readonly label: string;
  readonly actions: readonly Child[];
  readonly identity: readonly Child[];
  readonly banners: readonly Child[];
}

/** A name as long as a page would hide the rest behind it. */
const longestTitle = 1000;

export function createPageHeader(identityClass = 'identity'): PageHeader {
  const top = element('div', { class: 'header-top' });
  const identity = element('div', { class: identityClass });
  const banners = element('div', { class: 'banners' });
  const { element: trouble, setTrouble } = createTrouble();
  return {
    element: element('header', { class: 'header' }, top, identity, banners, trouble),
    fill: ({ name, label, actions, ...parts }) => {
      const title = visibleText(clampText(name, longestTitle, 5).text);
      const bar = element('div', { class: 'actions', role: 'group', aria: { label } }, ...actions);
      replaceChildren(top, element('h1', { class: 'stranger' }, title), bar);
      replaceChildren(identity, ...parts.identity);
      replaceChildren(banners, ...parts.banners);
    },
    setTrouble,
  };
}

/** Says what went wrong while what is shown stays. */
export function createTrouble(): Pick<PageHeader, 'element' | 'setTrouble'> {
  const trouble = element('div', { role: 'alert' });
  return {
    element: trouble,
    setTrouble: (cause) => {
      const said = cause === undefined ? undefined : banner('failed', `Could not refresh: ${cause}`);
      replaceChildren(trouble, said);
    },
  };
}

export function actionButton(
  label: string,
  name: IconName,
  run: () => void,
  kind: 'primary' | 'secondary' = 'secondary',
): HTMLElement {
  return button({ class: `button ${kind}`, data: { focus: label }, onClick: run }, icon(name), label);
}

export function refreshButton(refresh: () => void): HTMLElement {
  return button(
    {
      class: 'icon-button',
      title: 'Refresh',
      aria: { label: 'Refresh' },
      data: { focus: 'refresh' },
      onClick: refresh,
    },
    icon('refresh'),
  );
}

/** Reads anew, and says whether that worked: to a screen reader, or in the header. */
export async function refreshPage(
  read: () => Promise<unknown>,
  header: Pick<PageHeader, 'setTrouble'>,
  say: (text: string) => void,
): Promise<void> {
  try {
    await read();
    header.setTrouble(undefined);
    say('Refreshed');
  } catch (error) {
    header.setTrouble(error instanceof Error ? error.message : String(error));
  }
}
