import type { ModelList, RunSummary } from '../protocol/runSummary';
import type { Copy } from '../shared/copyButton';
import { element, onChangeOf, replaceChildren } from '../shared/dom';
import { hasWords } from '../shared/sections/arrangement';
import { createFilteredTable, showEmpty } from '../shared/sections/filteredTable';
import { entryRow, metricRow, type Row } from '../shared/sections/rows';
import type { Column } from '../shared/sections/rowTable';
import { createSection } from '../shared/sections/section';
import type { ListedSection } from '../shared/sections/sectionList';
import { visibleText } from '../shared/text';
import { datasetCard } from './datasets';
import { datasetHaystack, modelRow } from './rows';
import type { SectionId } from './state';

/** A section that shows a part of the run. */
export interface RunSection extends ListedSection<SectionId> {
  /** Takes the run; `show` then draws it. */
  accept(run: RunSummary): void;
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
  const { copy } = actions;
  const none = noneLogged(noun);
  const drawn = createFilteredTable(section.body, { id, title, noun, none, columns, copy });
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

function noneLogged(noun: string): string {
  return `No ${noun} were logged.`;
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
      const count = { shown: matching.length, total: datasets.length };
      showEmpty(empty, { ...count, noun: 'datasets', none: noneLogged('datasets') });
      return count;
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
  const drawn = createFilteredTable(listed, {
    ...{ id, title: 'Models', noun: 'models', none: noneLogged('models') },
    ...{ columns: modelColumns, copy: actions.copy },
  });
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
