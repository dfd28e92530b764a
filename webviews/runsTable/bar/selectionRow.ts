import type { ExportFormat, RunsExport } from '../../protocol/runsTable';
import { iconButton } from '../../shared/controls';
import { button, element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { openMenu, type MenuItem } from '../../shared/menu';
import { formatCount } from '../../shared/text';
import type { TableHost } from '../tableHost';

export interface SelectionActions {
  readonly host: TableHost;
  readonly attempt: (step: () => Promise<unknown>) => void;
}

/** As many as can be compared. */
const mostCompared = 20;

/** What can be done with the selected runs; there only while some are. */
export function createSelectionRow({ host, attempt }: SelectionActions) {
  const count = element('span', { class: 'selection-count' });
  const act = (label: string, run: () => Promise<unknown>) =>
    button({ class: 'button secondary', onClick: () => attempt(run) }, label);
  const compare = act('Compare', () => host.actOnSelection('compare'));
  const exportButton = button(
    { class: 'button secondary facet', aria: { haspopup: 'menu', expanded: 'false' } },
    'Export',
    icon('chevron'),
  );
  exportButton.addEventListener('click', () =>
    openMenu(
      exportButton,
      'Export Selected Runs',
      exportItems((wanted) => attempt(() => host.exportRuns(wanted))),
    ),
  );
  const clear = iconButton('Clear Selection (Esc)', icon('clear'), () => {
    host.clearSelection();
    host.focusGrid();
  });
  const row = element(
    'div',
    { class: 'selection', role: 'toolbar', aria: { label: 'Selected runs' }, hidden: true },
    count,
    act('Open', () => host.actOnSelection('open')),
    compare,
    act('Charts', () => host.actOnSelection('chart')),
    act('Copy IDs', () => host.actOnSelection('copyIds')),
    exportButton,
    clear,
  );
  return {
    element: row,
    show: (runCount: number) => {
      row.hidden = runCount === 0;
      count.textContent = `${formatCount(runCount, 'run')} selected`;
      compare.disabled = runCount < 2 || runCount > mostCompared;
      compare.title = compare.disabled ? `2 to ${mostCompared} runs can be compared` : '';
    },
  };
}

const formats: readonly (readonly [ExportFormat, string])[] = [
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['markdown', 'Markdown'],
];

/** Each format as a file and to the clipboard with the shown columns, and as a file with all. */
export function exportItems(run: (wanted: Omit<RunsExport, 'runIds'>) => void): readonly MenuItem[] {
  const items = (suffix: string, to: RunsExport['to'], columns: RunsExport['columns']): readonly MenuItem[] =>
    formats.map(([format, name]) => ({
      kind: 'action',
      label: `${to === 'clipboard' ? 'Copy' : 'Save'} as ${name}${suffix}`,
      icon: to === 'clipboard' ? 'copy' : 'export',
      run: () => run({ format, to, columns }),
    }));
  return [
    ...items('…', 'file', 'shown'),
    { kind: 'separator' },
    ...items(' with All Columns…', 'file', 'all'),
    { kind: 'separator' },
    ...items('', 'clipboard', 'shown'),
  ];
}
