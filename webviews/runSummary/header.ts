import type { RunAction, RunStatus, RunSummary } from '../protocol/runSummary';
import { copyButton, type Copy } from '../shared/copyButton';
import { button, element, onChangeOf, replaceChildren } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { banner } from '../shared/sections/banner';
import { clampText, visibleText } from '../shared/text';

export interface HeaderActions {
  readonly copy: Copy;
  run(action: RunAction): void;
  refresh(): void;
}

export interface Header {
  readonly element: HTMLElement;
  update(run: RunSummary): void;
  /** Says beside the run what went wrong while it stays in sight; undefined takes it back. */
  setTrouble(cause: string | undefined): void;
}

/** The run's name, state and id, and what can be done with it. */
export function createHeader(actions: HeaderActions): Header {
  const top = element('div', { class: 'header-top' });
  const identity = element('div', { class: 'identity' });
  const banners = element('div', { class: 'banners' });
  const trouble = element('div', { role: 'alert' });
  const render = onChangeOf(({ name, status, id, isDeleted, problem }: Identity) => {
    replaceChildren(top, title(name === '' ? 'Unnamed run' : name), actionBar(actions));
    replaceChildren(identity, statusPill(status), ...runId(id, actions.copy));
    replaceChildren(
      banners,
      problem === null ? undefined : banner('failed', `This run lies damaged in the store: ${problem}`),
      isDeleted ? deletedBanner() : undefined,
    );
  });
  return {
    element: element('header', { class: 'header' }, top, identity, banners, trouble),
    update: ({ name, status, id, isDeleted, problem = null }) => {
      render({ name, status, id, isDeleted, problem });
    },
    setTrouble: (cause) => {
      replaceChildren(
        trouble,
        cause === undefined ? undefined : banner('failed', `Could not refresh: ${cause}`),
      );
    },
  };
}

interface Identity extends Pick<RunSummary, 'name' | 'status' | 'id' | 'isDeleted'> {
  readonly problem: string | null;
}

/** A name as long as a page would hide the run behind it. */
const longestTitle = 1000;

function title(name: string): HTMLElement {
  return element('h1', { class: 'stranger' }, visibleText(clampText(name, longestTitle, 5).text));
}

function actionBar(actions: HeaderActions): HTMLElement {
  const action = (label: string, name: IconName, run: () => void, kind = 'secondary') =>
    button({ class: `button ${kind}`, data: { focus: label }, onClick: run }, icon(name), label);
  return element(
    'div',
    { class: 'actions', role: 'group', aria: { label: 'Run actions' } },
    action(
      'Open in Web UI',
      'external',
      () => {
        actions.run('openInBrowser');
      },
      'primary',
    ),
    action('Copy Artifact URI', 'copy', () => {
      actions.run('copyArtifactUri');
    }),
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

const statuses: Readonly<Record<RunStatus, { readonly label: string; readonly icon: IconName }>> = {
  RUNNING: { label: 'Running', icon: 'running' },
  SCHEDULED: { label: 'Scheduled', icon: 'scheduled' },
  FINISHED: { label: 'Finished', icon: 'finished' },
  FAILED: { label: 'Failed', icon: 'failed' },
  KILLED: { label: 'Killed', icon: 'killed' },
  UNKNOWN: { label: 'Unknown status', icon: 'unknown' },
};

/** A run's status in words. */
export function nameStatus(status: RunStatus): string {
  return statuses[status].label;
}

function statusPill(status: RunStatus): HTMLElement {
  const { label, icon: name } = statuses[status];
  return element('span', { class: `pill status-${name}` }, icon(name), label);
}

function runId(id: string, copy: Copy): readonly HTMLElement[] {
  return [
    element('code', { class: 'run-id stranger', aria: { label: `Run ID ${id}` } }, visibleText(id)),
    copyButton(copy, 'Copy Run ID', () => id, { data: { focus: 'copyId' } }),
  ];
}

function deletedBanner(): HTMLElement {
  return banner('trash', 'This run is deleted. MLflow keeps it until it is restored or removed for good.');
}
