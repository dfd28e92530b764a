import type { LoggedFacts, ModelPreview, Problem, VersionFacts } from '../protocol/modelPreview';
import type { Copy } from '../shared/copyButton';
import { button, element, onChangeOf, type Child } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { banner } from '../shared/sections/banner';
import {
  actionButton,
  createPageHeader,
  type PageHeader,
  refreshButton,
} from '../shared/sections/pageHeader';
import { clampText, formatCount, visibleText } from '../shared/text';

export interface HeaderActions {
  readonly copy: Copy;
  openFile(name: string, line?: number): void;
  openInBrowser(): void;
  refresh(): void;
}

export interface Header extends Pick<PageHeader, 'element' | 'setTrouble'> {
  update(model: ModelPreview): void;
}

/** The model's name, what it is, and what can be done with it. */
export function createHeader(actions: HeaderActions): Header {
  const { element: whole, fill, setTrouble } = createPageHeader('identity chips');
  const render = onChangeOf((head: Head) => {
    fill({
      name: head.name === '' ? 'Unnamed model' : head.name,
      label: 'Model actions',
      actions: actionsOf(head, actions),
      identity: identityOf(head),
      banners: bannersOf(head, actions),
    });
  });
  return {
    ...{ element: whole, setTrouble },
    update: ({ name, code, problems, flavors, version, logged }) => {
      render({ name, code, problems, version, logged, flavors: flavors.map((flavor) => flavor.title) });
    },
  };
}

interface Head extends Pick<ModelPreview, 'name' | 'code' | 'problems'> {
  readonly flavors: readonly string[];
  readonly version: VersionFacts | undefined;
  readonly logged: LoggedFacts | undefined;
}

function actionsOf({ code, version }: Head, actions: HeaderActions): readonly Child[] {
  const browse = () => {
    actions.openInBrowser();
  };
  return [
    code === ''
      ? undefined
      : actionButton('Copy Loading Code', 'copy', () => void actions.copy(code), 'primary'),
    actionButton('Open MLmodel', 'file', () => {
      actions.openFile('MLmodel');
    }),
    version && actionButton('Open in Web UI', 'external', browse),
    refreshButton(() => {
      actions.refresh();
    }),
  ];
}

interface Status {
  readonly label: string;
  readonly icon: IconName;
}

const statuses: Readonly<Record<VersionFacts['status'], Status>> = {
  READY: { label: 'Ready', icon: 'finished' },
  PENDING_REGISTRATION: { label: 'Being registered', icon: 'running' },
  FAILED_REGISTRATION: { label: 'Registration failed', icon: 'failed' },
  UNKNOWN: { label: 'Unknown status', icon: 'unknown' },
};

/** Chips beyond these would fill the page. */
const mostChips = 30;

function identityOf({ flavors, version, logged }: Head): readonly Child[] {
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
    version && statusPill(statuses[version.status]),
    logged && element('span', { class: 'pill' }, 'Logged model'),
    logged && statusPill(loggedStatus(logged)),
    ...all.slice(0, mostChips),
    rest > 0 ? element('span', { class: 'quiet' }, `and ${rest} more`) : undefined,
  ];
}

function chip(text: string, kind: string): HTMLElement {
  return element('span', { class: `${kind} stranger` }, visibleText(clampText(text, 80, 1).text));
}

const loggedStatuses: ReadonlyMap<string, Status> = new Map([
  ['READY', { label: 'Ready', icon: 'finished' }],
  ['PENDING', { label: 'Being logged', icon: 'running' }],
  ['UPLOAD_FAILED', { label: 'Upload failed', icon: 'failed' }],
]);

function loggedStatus({ status }: LoggedFacts): Status {
  return loggedStatuses.get(status) ?? { label: 'Unknown status', icon: 'unknown' };
}

function statusPill({ label, icon: name }: Status): HTMLElement {
  return element('span', { class: `pill status-${name}` }, icon(name), label);
}

/** Problems beyond these follow from the first ones. */
const mostProblems = 10;

function bannersOf({ problems, version, logged }: Head, actions: HeaderActions): readonly Child[] {
  const said = version?.statusMessage ?? '';
  const rest = problems.length - mostProblems;
  return [
    version?.problem === undefined
      ? undefined
      : banner('failed', `This version lies damaged in the store: ${version.problem}`),
    logged?.problem === undefined
      ? undefined
      : banner('failed', `This model lies damaged in the store: ${logged.problem}`),
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
