import type { RunColumn } from '../protocol/runDiff';
import { button, element } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { clampText, visibleText } from '../shared/text';
import { stop } from './gridFocus';

const statusIcons: Readonly<Record<RunColumn['status'], IconName>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
  UNKNOWN: 'unknown',
};

/** The head of a run: its name, which opens its menu, and what one should know about it. `stroke` is how it is drawn. */
export function drawRunHead(
  run: RunColumn,
  isBaseline: boolean,
  stroke: string | undefined,
  openMenu: (anchor: HTMLElement) => void,
): readonly Node[] {
  const name = visibleText(clampText(run.name || run.id, 80, 1).text);
  const title = [run.name, run.experimentName, `Run ${run.id}`].filter(
    (text) => text !== undefined && text !== '',
  );
  const opener = button(
    {
      class: 'run-name',
      tabIndex: -1,
      title: visibleText(title.join('\n').slice(0, 500)),
      aria: { haspopup: 'menu' },
      data: { run: run.id },
      onClick: () => openMenu(opener),
    },
    ...(stroke === undefined ? [] : [sample(stroke)]),
    statusIcon(run),
    element('span', { class: 'stranger run-label' }, name),
    icon('chevron'),
  );
  opener.setAttribute(stop, '');
  const notes = element('div', { class: 'run-notes' }, ...notesOf(run, isBaseline));
  return [opener, notes];
}

function sample(stroke: string): HTMLElement {
  const made = element('span', { class: 'run-sample', aria: { hidden: 'true' } });
  made.style.background = stroke;
  return made;
}

function statusIcon({ status, trouble }: RunColumn): HTMLElement {
  const word = trouble === undefined ? status.toLowerCase() : 'not there';
  const glyph = icon(trouble === undefined ? statusIcons[status] : 'warning');
  glyph.title = word;
  return element(
    'span',
    { class: `status-${status.toLowerCase()}` },
    glyph,
    element('span', { class: 'visually-hidden' }, `${word}: `),
  );
}

function notesOf(run: RunColumn, isBaseline: boolean): readonly Node[] {
  const { trouble, problem, isDeleted, isDirty, experimentName } = run;
  return [
    ...(isBaseline ? [chip('baseline', 'Metrics are measured against this run')] : []),
    ...(isDeleted ? [chip('deleted', 'The run is deleted; MLflow can restore it')] : []),
    ...(isDirty ? [chip('uncommitted changes', 'It ran with changes that no commit has')] : []),
    ...(problem === undefined ? [] : [chip('damaged', visibleText(problem))]),
    ...(trouble === undefined
      ? []
      : [element('span', { class: 'stranger trouble' }, visibleText(trouble.slice(0, 300)))]),
    ...(experimentName === undefined
      ? []
      : [
          element(
            'span',
            { class: 'stranger quiet experiment' },
            visibleText(clampText(experimentName, 60, 1).text),
          ),
        ]),
  ];
}

function chip(text: string, title: string): HTMLElement {
  return element('span', { class: 'chip', title }, text);
}
