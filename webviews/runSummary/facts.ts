import type { RunFacts, RunSummary } from '../protocol/runSummary';
import { copyButton, type Copy } from '../shared/copyButton';
import { button, element, onChangeOf, replaceChildren, type Child } from '../shared/dom';
import { abbreviate, fact, factOf, timeFact } from '../shared/sections/facts';
import { noteOf } from '../shared/sections/note';
import { formatDuration, visibleText } from '../shared/text';

export interface FactActions {
  readonly copy: Copy;
  readonly openParent: () => void;
}

export interface Facts {
  readonly element: HTMLElement;
  update(run: RunSummary): void;
}

/** Where the run comes from and how long it took, and its note. A running run's duration counts on by itself. */
export function createFacts(actions: FactActions): Facts {
  const list = element('dl', { class: 'facts' });
  const note = element('div');
  const duration = element('dd', { class: 'stranger' });
  let run: RunSummary | undefined;

  const renderFacts = onChangeOf(({ facts, hasDuration }: { facts: RunFacts; hasDuration: boolean }) => {
    replaceChildren(list, ...factsOf(facts, hasDuration ? duration : undefined, actions));
  });
  const renderNote = onChangeOf((text: string | undefined) => {
    replaceChildren(note, text === undefined ? undefined : noteOf(text));
  });
  const renderDuration = () => {
    const text = run ? durationOf(run, Date.now()) : '';
    if (duration.textContent !== text) duration.textContent = text;
  };
  setInterval(() => {
    if (run?.status === 'RUNNING' && document.visibilityState === 'visible') renderDuration();
  }, 1000);

  return {
    element: element('div', { class: 'about' }, list, note),
    update: (next) => {
      run = next;
      renderFacts({ facts: next.facts, hasDuration: durationOf(next, Date.now()) !== '' });
      renderNote(next.note);
      renderDuration();
    },
  };
}

/** How long the run took, or takes up to now. */
export function durationOf({ facts, status }: Pick<RunSummary, 'facts' | 'status'>, now: number): string {
  const { startedAt, endedAt } = facts;
  if (startedAt === undefined) return '';
  if (endedAt !== undefined) return formatDuration(endedAt - startedAt);
  if (status !== 'RUNNING') return '';
  return `${formatDuration(Math.floor((now - startedAt) / 1000) * 1000)} so far`;
}

function factsOf(facts: RunFacts, duration: HTMLElement | undefined, actions: FactActions): readonly Child[] {
  const { experimentId, experimentName = experimentId, gitCommit, parentRunId } = facts;
  return [
    fact('Experiment', experimentName, { title: `Experiment ID ${experimentId}` }),
    timeFact('Started', facts.startedAt),
    duration && factOf('Duration', duration),
    timeFact('Ended', facts.endedAt),
    fact('User', facts.user),
    fact('Source', facts.source, { note: nameSource(facts.sourceType) }),
    fact('Entry point', facts.entryPoint),
    gitCommit === undefined ? undefined : commitFact(gitCommit, facts.gitRepository, actions.copy),
    fact('Git branch', facts.gitBranch),
    parentRunId === undefined ? undefined : parentFact(parentRunId, actions),
  ];
}

function commitFact(commit: string, repository: string | undefined, copy: Copy): HTMLElement {
  const title = [commit, repository].filter((part) => part !== undefined).join('\n');
  return factOf(
    'Git commit',
    element(
      'dd',
      { title: visibleText(title.slice(0, 2000)) },
      element('code', { class: 'stranger' }, abbreviate(commit)),
      copyButton(copy, 'Copy Commit', () => commit, { data: { focus: 'copyCommit' } }),
    ),
  );
}

function parentFact(parentRunId: string, actions: FactActions): HTMLElement {
  const title = `Open the parent run ${visibleText(parentRunId.slice(0, 100))}`;
  const open = button(
    { class: 'link', title, data: { focus: 'parent' }, onClick: actions.openParent },
    element('code', { class: 'stranger' }, abbreviate(parentRunId)),
  );
  return factOf('Parent run', element('dd', {}, open));
}

/** `LOCAL` as `local`; a source that MLflow does not know says nothing. */
function nameSource(type: string | undefined): string | undefined {
  return type === undefined || type === 'UNKNOWN' ? undefined : type.toLowerCase();
}
