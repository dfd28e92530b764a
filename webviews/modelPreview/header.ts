import type { ModelPreview, Problem, VersionFacts } from '../protocol/modelPreview';
import type { Copy } from '../shared/copyButton';
import { button, element, onChangeOf, replaceChildren, type Child } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { banner } from '../shared/sections/banner';
import { clampText, formatCount, visibleText } from '../shared/text';

export interface HeaderActions {
  readonly copy: Copy;
  openFile(name: string, line?: number): void;
  openInBrowser(): void;
  refresh(): void;
}

export interface Header {
  readonly element: HTMLElement;
  update(model: ModelPreview): void;
  /** Says beside the model what went wrong while it stays in sight; undefined takes it back. */
  setTrouble(cause: string | undefined): void;
}

/** The model's name, what it is, and what can be done with it. */
export function createHeader(actions: HeaderActions): Header {
  const top = element('div', { class: 'header-top' });
  const identity = element('div', { class: 'identity chips' });
  const banners = element('div', { class: 'banners' });
  const trouble = element('div', { role: 'alert' });
  const render = onChangeOf((head: Head) => {
    replaceChildren(top, title(head.name), actionBar(head, actions));
    replaceChildren(identity, ...identityOf(head));
    replaceChildren(banners, ...bannersOf(head, actions));
  });
  return {
    element: element('header', { class: 'header' }, top, identity, banners, trouble),
    update: ({ name, code, problems, flavors, version }) => {
      render({ name, code, problems, version, flavors: flavors.map((flavor) => flavor.title) });
    },
    setTrouble: (cause) => {
      replaceChildren(
        trouble,
        cause === undefined ? undefined : banner('failed', `Could not refresh: ${cause}`),
      );
    },
  };
}

interface Head extends Pick<ModelPreview, 'name' | 'code' | 'problems'> {
  readonly flavors: readonly string[];
  readonly version: VersionFacts | undefined;
}

/** A name as long as a page would hide the model behind it. */
const longestTitle = 1000;

function title(name: string): HTMLElement {
  const shown = name === '' ? 'Unnamed model' : visibleText(clampText(name, longestTitle, 5).text);
  return element('h1', { class: 'stranger' }, shown);
}

function actionBar({ code, version }: Head, actions: HeaderActions): HTMLElement {
  const action = (label: string, name: IconName, run: () => void, kind = 'secondary') =>
    button({ class: `button ${kind}`, data: { focus: label }, onClick: run }, icon(name), label);
  const browse = () => {
    actions.openInBrowser();
  };
  return element(
    'div',
    { class: 'actions', role: 'group', aria: { label: 'Model actions' } },
    code === '' ? undefined : action('Copy Loading Code', 'copy', () => void actions.copy(code), 'primary'),
    action('Open MLmodel', 'file', () => {
      actions.openFile('MLmodel');
    }),
    version && action('Open in Web UI', 'external', browse),
    button(
      {
        class: 'icon-button',
        title: 'Refresh',
        aria: { label: 'Refresh' },
        data: { focus: 'refresh' },
        onClick: () => {
          actions.refresh();
        },
      },
      icon('refresh'),
    ),
  );
}

const statuses: Readonly<
  Record<VersionFacts['status'], { readonly label: string; readonly icon: IconName }>
> = {
  READY: { label: 'Ready', icon: 'finished' },
  PENDING_REGISTRATION: { label: 'Being registered', icon: 'running' },
  FAILED_REGISTRATION: { label: 'Registration failed', icon: 'failed' },
  UNKNOWN: { label: 'Unknown status', icon: 'unknown' },
};

/** Chips beyond these would fill the page. */
const mostChips = 30;

function identityOf({ flavors, version }: Head): readonly Child[] {
  const aliases = version?.aliases.map((alias) => `@${alias}`) ?? [];
  const stage = version && version.stage !== '' ? [version.stage] : [];
  const chips = [...aliases, ...stage].map((text) => chip(text, 'chip mark'));
  const kinds = flavors.map((flavor) => chip(flavor, 'chip'));
  const all = [...chips, ...kinds];
  const rest = all.length - mostChips;
  return [
    version &&
      element(
        'span',
        { class: 'pill stranger' },
        `Version ${visibleText(clampText(version.version, 60, 1).text)}`,
      ),
    version && statusPill(version.status),
    ...all.slice(0, mostChips),
    rest > 0 ? element('span', { class: 'quiet' }, `and ${rest} more`) : undefined,
  ];
}

function chip(text: string, kind: string): HTMLElement {
  return element('span', { class: `${kind} stranger` }, visibleText(clampText(text, 80, 1).text));
}

function statusPill(status: VersionFacts['status']): HTMLElement {
  const { label, icon: name } = statuses[status];
  return element('span', { class: `pill status-${name}` }, icon(name), label);
}

/** Problems beyond these follow from the first ones. */
const mostProblems = 10;

function bannersOf({ problems, version }: Head, actions: HeaderActions): readonly Child[] {
  const said = version?.statusMessage ?? '';
  const rest = problems.length - mostProblems;
  return [
    version?.problem === undefined
      ? undefined
      : banner('failed', `This version lies damaged in the store: ${version.problem}`),
    version && version.status !== 'READY' && said !== '' ? banner('warning', said) : undefined,
    ...problems.slice(0, mostProblems).map((problem) => problemBanner(problem, actions)),
    rest > 0
      ? banner('warning', `There ${rest === 1 ? 'is' : 'are'} ${formatCount(rest, 'more problem')}.`)
      : undefined,
  ];
}

function problemBanner({ text, line }: Problem, actions: HeaderActions): HTMLElement {
  if (line === undefined) return banner('warning', text);
  const open = () => {
    actions.openFile('MLmodel', line);
  };
  const go = button({ class: 'link', data: { focus: `line ${line}` }, onClick: open }, `Go to line ${line}`);
  return banner('warning', `${text} `, go);
}
