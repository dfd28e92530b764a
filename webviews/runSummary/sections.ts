import type { ModelList, RunSummary } from '../protocol/runSummary';
import type { Copy } from '../shared/copyButton';
import { element, onChangeOf, replaceChildren } from '../shared/dom';
import { formatInteger, visibleText } from '../shared/text';
import { datasetCard } from './datasets';
import { datasetHaystack, entryRow, metricRow, modelRow, type Row } from './rows';
import { RowTable, type Column } from './rowTable';
import { createSection, type Section } from './section';
import { hasWords, type SectionCount, type SectionId, type Words } from './state';

/** A section that shows a part of the run, as far as the filter lets it through. */
export interface RunSection {
  readonly id: SectionId;
  readonly title: string;
  readonly section: Section;
  /** Absent for a section that nothing hides while it is empty. */
  readonly isHiddenWhenEmpty?: boolean;
  /** Takes the run; `show` then draws it. */
  accept(run: RunSummary): void;
  /** Draws what matches and counts it; undefined while there is nothing to count. */
  show(words: Words): SectionCount | undefined;
}

export interface SectionActions {
  readonly copy: Copy;
  toggle(id: SectionId): void;
}

/** All sections of a run that the filter looks into, in reading order. */
export function createRunSections(actions: SectionActions): readonly RunSection[] {
  return [
    rowSection('metrics', 'Metrics', 'metrics', metricColumns, (run) => run.metrics.map(metricRow), actions),
    rowSection(
      'params',
      'Parameters',
      'parameters',
      entryColumns,
      (run) => run.params.map(entryRow),
      actions,
    ),
    rowSection('tags', 'Tags', 'tags', entryColumns, (run) => run.tags.map(entryRow), actions),
    datasetSection(actions),
    modelSection(actions),
    {
      ...rowSection(
        'systemTags',
        'System Tags',
        'system tags',
        entryColumns,
        (run) => run.systemTags.map(entryRow),
        actions,
      ),
      isHiddenWhenEmpty: true,
    },
  ];
}

const entryColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Value', kind: 'text' },
];

const metricColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Last value', kind: 'number' },
  { title: 'Step', kind: 'number' },
  { title: 'Time', kind: 'text' },
];

const modelColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Status', kind: 'text' },
  { title: 'Type', kind: 'text' },
  { title: 'Model ID', kind: 'text' },
  { title: 'Created', kind: 'text' },
];

function rowSection(
  id: SectionId,
  title: string,
  noun: string,
  columns: readonly Column[],
  rowsOf: (run: RunSummary) => readonly Row[],
  actions: SectionActions,
): RunSection {
  const section = createSection(id, title, () => {
    actions.toggle(id);
  });
  const drawn = filteredTable(section.body, id, title, noun, columns, actions.copy);
  let rows: readonly Row[] = [];
  return {
    id,
    title,
    section,
    accept: (run) => {
      rows = rowsOf(run);
    },
    show: (words) => drawn(rows, words),
  };
}

/** Draws the rows that match into a table, or a word where there are none. */
function filteredTable(
  body: HTMLElement,
  id: SectionId,
  title: string,
  noun: string,
  columns: readonly Column[],
  copy: Copy,
): (rows: readonly Row[], words: Words) => SectionCount {
  const table = new RowTable(title, columns, copy);
  const empty = element('p', { class: 'empty' });
  table.element.classList.add(`table-${id}`);
  body.append(table.element, empty);
  return (rows, words) => {
    const matching = words.length === 0 ? rows : rows.filter((row) => hasWords(row.haystack, words));
    table.update(matching);
    table.element.hidden = matching.length === 0;
    showEmpty(empty, noun, matching.length, rows.length);
    return { shown: matching.length, total: rows.length };
  };
}

function showEmpty(empty: HTMLElement, noun: string, shown: number, total: number): void {
  empty.hidden = shown > 0;
  const text =
    total === 0 ? `No ${noun} were logged.` : `None of the ${formatInteger(total)} ${noun} match the filter.`;
  if (empty.textContent !== text) empty.textContent = text;
}

function datasetSection(actions: SectionActions): RunSection {
  const id = 'datasets';
  const section = createSection(id, 'Datasets', () => {
    actions.toggle(id);
  });
  const cards = element('div', { class: 'cards' });
  const empty = element('p', { class: 'empty' });
  section.body.append(cards, empty);
  let datasets: RunSummary['datasets'] = [];
  const draw = onChangeOf((matching: RunSummary['datasets']) => {
    replaceChildren(cards, ...matching.map((dataset) => datasetCard(dataset, actions.copy)));
  });
  return {
    id,
    title: 'Datasets',
    section,
    accept: (run) => {
      datasets = run.datasets;
    },
    show: (words) => {
      const matching = datasets.filter((dataset) => hasWords(datasetHaystack(dataset), words));
      draw(matching);
      showEmpty(empty, 'datasets', matching.length, datasets.length);
      return { shown: matching.length, total: datasets.length };
    },
  };
}

function modelSection(actions: SectionActions): RunSection {
  const id = 'models';
  const section = createSection(id, 'Models', () => {
    actions.toggle(id);
  });
  const listed = element('div');
  const trouble = element('p', { class: 'empty' });
  section.body.append(listed, trouble);
  const drawn = filteredTable(listed, id, 'Models', 'models', modelColumns, actions.copy);
  let models: ModelList = { kind: 'loading' };
  return {
    id,
    title: 'Models',
    section,
    accept: (run) => {
      models = run.models;
    },
    show: (words) => {
      listed.hidden = models.kind !== 'ready';
      trouble.hidden = models.kind === 'ready';
      trouble.textContent = troubleOf(models);
      return models.kind === 'ready' ? drawn(models.models.map(modelRow), words) : undefined;
    },
  };
}

function troubleOf(models: ModelList): string {
  switch (models.kind) {
    case 'loading':
      return 'Loading…';
    case 'failed':
      return `Models could not be read: ${visibleText(models.cause.slice(0, 1000))}`;
    case 'ready':
      return '';
  }
}
