import { missingCell, unknownCell, type Change, type DiffRow, type RowState } from '../protocol/runDiff';
import { button, element } from '../shared/dom';
import {
  clampText,
  formatCount,
  formatDuration,
  formatExactTime,
  formatNumber,
  formatSize,
  formatTime,
  visibleText,
} from '../shared/text';

/** How cells look. All texts in them are strangers'. */

export interface CellOptions {
  /** The place of the baseline among the runs. */
  readonly baseline: number;
  readonly isUnfolded: boolean;
  /** How many characters are shown of a text that is not unfolded. */
  readonly longest: number;
}

/** Less of each where many stand side by side. */
export function longestText(runs: number): number {
  return runs > 3 ? 120 : 240;
}

/** Fills a cell with what a run has in a row. */
export function fillCell(cell: HTMLElement, row: DiffRow, index: number, options: CellOptions): void {
  const place = row.cells[index] ?? missingCell;
  const other = row.cells[options.baseline] ?? missingCell;
  const isOther = row.state !== 'equal' && place !== other && place !== unknownCell && other !== unknownCell;
  cell.classList.toggle('is-other', isOther);
  if (cell.title !== '') cell.title = '';
  const change = row.changes?.[index];
  cell.replaceChildren(...valueNodes(cell, row, place, options), ...(change ? [drawChange(change)] : []));
}

function valueNodes(
  cell: HTMLElement,
  row: DiffRow,
  place: number,
  { isUnfolded, longest }: CellOptions,
): readonly Node[] {
  const value = row.values[place];
  if (value === undefined) return [nothing(place)];
  if (value === '') return [element('span', { class: 'quiet nothing' }, 'empty')];
  const { text, title } = format(row, value);
  if (title !== undefined) cell.title = visibleText(title);
  const clamped = clampText(text, longest);
  const whole = isUnfolded ? text : clamped.text;
  const shown = element(
    'span',
    { class: 'stranger' },
    row.state === 'space' ? markSpace(whole) : show(whole),
  );
  if (!clamped.isClamped) return [shown];
  const label = isUnfolded ? 'Show less' : `Show all ${formatCount(text.length, 'character')}`;
  return [shown, button({ class: 'link unfold', tabIndex: -1 }, label)];
}

/** Most texts have nothing to make visible, which is quicker to see than to do. */
function show(text: string): string {
  return /^[ -~]*$/.test(text) ? text : visibleText(text);
}

function nothing(place: number): HTMLElement {
  const [sign, word] = place === unknownCell ? ['?', 'unknown'] : ['—', 'missing'];
  return element(
    'span',
    { class: 'quiet nothing', title: word },
    element('span', { aria: { hidden: 'true' } }, sign),
    element('span', { class: 'visually-hidden' }, word),
  );
}

interface Formatted {
  readonly text: string;
  /** What the text leaves out. */
  readonly title?: string;
}

function format({ format: kind }: DiffRow, value: string): Formatted {
  if (kind === undefined) return { text: value };
  switch (kind) {
    case 'number': {
      const text = formatNumber(value);
      return text === value ? { text } : { text, title: value };
    }
    case 'time':
      return { text: formatTime(Number(value)), title: formatExactTime(Number(value)) };
    case 'duration':
      return { text: formatDuration(Number(value)), title: `${value} ms` };
    case 'size':
      return /^\d+$/.test(value)
        ? { text: formatSize(Number(value)), title: `${value} bytes` }
        : { text: value };
  }
}

/** White space as signs, where nothing else differs. */
function markSpace(text: string): string {
  return visibleText(text)
    .replace(/\r?\n/g, '⏎\n')
    .replace(/\r/g, '␍')
    .replace(/\t/g, '⇥')
    .replace(/ /g, '·');
}

/** `▲ +0.02 (+2.1 %)`: colour and words say whether that is better. */
function drawChange({ delta, percent, verdict }: Change): HTMLElement {
  if (verdict === 'same') return element('span', { class: 'change quiet' }, 'same');
  const isLess = delta.startsWith('-');
  const sign = isLess ? '' : '+';
  const share = percent === undefined ? '' : ` (${sign}${formatPercent(Number(percent))} %)`;
  return element(
    'span',
    { class: `change ${verdict}`, title: verdictTitles[verdict] },
    element('span', { aria: { hidden: 'true' } }, isLess ? '▼ ' : '▲ '),
    `${sign}${formatNumber(delta)}${share}`,
    element('span', { class: 'visually-hidden' }, verdict === 'neutral' ? '' : `, ${verdict}`),
  );
}

const verdictTitles: Readonly<Record<Change['verdict'], string>> = {
  better: 'better than the baseline',
  worse: 'worse than the baseline',
  same: '',
  neutral: 'other than the baseline',
};

function formatPercent(percent: number): string {
  return formatNumber(String(Number(percent.toPrecision(3))));
}

const stateMarks: Readonly<Record<RowState, readonly [mark: string, title: string] | undefined>> = {
  equal: undefined,
  differs: undefined,
  missing: undefined,
  type: ['type', 'Differs only in type, or in how the same value is written'],
  space: ['white space', 'Differs only in white space, shown as signs'],
};

/** Fills the cell that names a row. */
export function fillKey(cell: HTMLElement, { key, state }: DiffRow): void {
  const clamped = clampText(key, 200, 2);
  const mark = stateMarks[state];
  cell.title = clamped.isClamped ? visibleText(key.slice(0, 2000)) : '';
  cell.replaceChildren(
    element('span', { class: 'stranger' }, key === '' ? '(no name)' : visibleText(clamped.text)),
    ...(mark ? [element('span', { class: 'chip', title: mark[1] }, mark[0])] : []),
  );
}
