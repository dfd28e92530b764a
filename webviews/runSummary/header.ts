import type { RunAction, RunStatus, RunSummary } from '../protocol/runSummary';
import { copyButton, type Copy } from '../shared/copyButton';
import { element, onChangeOf } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { banner } from '../shared/sections/banner';
import {
  actionButton,
  createPageHeader,
  type PageHeader,
  refreshButton,
} from '../shared/sections/pageHeader';
import { visibleText } from '../shared/text';

export interface HeaderActions {
  readonly copy: Copy;
  run(action: RunAction): void;
  refresh(): void;
}

export interface Header extends Pick<PageHeader, 'element' | 'setTrouble'> {
  update(run: RunSummary): void;
}

/** The run's name, state and id, and what can be done with it. */
export function createHeader(actions: HeaderActions): Header {
  const { element: whole, fill, setTrouble } = createPageHeader();
  const render = onChangeOf(({ name, status, id, isDeleted, problem }: Identity) => {
    fill({
      name: name === '' ? 'Unnamed run' : name,
      label: 'Run actions',
      actions: actionsOf(actions),
      identity: [statusPill(status), ...runId(id, actions.copy)],
      banners: [
        problem === null ? undefined : banner('failed', `This run lies damaged in the store: ${problem}`),
        isDeleted ? deletedBanner() : undefined,
      ],
    });
  });
  return {
    ...{ element: whole, setTrouble },
    update: ({ name, status, id, isDeleted, problem = null }) => {
      render({ name, status, id, isDeleted, problem });
    },
  };
}

interface Identity extends Pick<RunSummary, 'name' | 'status' | 'id' | 'isDeleted'> {
  readonly problem: string | null;
}

function actionsOf(actions: HeaderActions): readonly HTMLElement[] {
  const run = (action: RunAction) => () => {
    actions.run(action);
  };
  return [
    actionButton('Open in Web UI', 'external', run('openInBrowser'), 'primary'),
    actionButton('Copy Artifact URI', 'copy', run('copyArtifactUri')),
    refreshButton(() => {
      actions.refresh();
    }),
  ];
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
