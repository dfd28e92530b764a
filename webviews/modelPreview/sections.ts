import type { ModelPreview, SpecRow } from '../protocol/modelPreview';
import type { Entry } from '../protocol/runSummary';
import { createFilteredTable } from '../shared/sections/filteredTable';
import { hasWords } from '../shared/sections/arrangement';
import { entryRow, metricRow, type Row } from '../shared/sections/rows';
import type { Column } from '../shared/sections/rowTable';
import { dependencySection } from './dependencySection';
import { exampleSection } from './exampleSection';
import { fileSection } from './fileSection';
import { flavorSection } from './flavorSection';
import { foldable, type DrawnSectionActions, type ModelSection, type SectionActions } from './modelSection';
import { listSpecRows, type SpecKind } from './specRows';
import type { SectionId } from './state';

/** All sections of a model, in reading order. */
export function createModelSections(actions: DrawnSectionActions): readonly ModelSection[] {
  return [
    specSection('inputs', 'Inputs', actions),
    specSection('outputs', 'Outputs', actions),
    { ...specSection('params', 'Parameters', actions), isHiddenWhenEmpty: true },
    flavorSection(actions),
    dependencySection(actions),
    exampleSection(actions),
    rowSection('metrics', 'Run Metrics', metricColumns, listMetrics, actions),
    entrySection('loggedParams', 'Logged Parameters', (model) => model.loggedParams, actions),
    entrySection('tags', 'Tags', (model) => model.tags, actions),
    entrySection('resources', 'Resources', (model) => model.resources, actions),
    entrySection('metadata', 'Metadata', (model) => model.metadata, actions),
    entrySection('otherKeys', 'Other Keys', (model) => model.otherKeys, actions),
    fileSection(actions),
  ];
}

const columnColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Type', kind: 'text' },
  { title: 'Required', kind: 'text' },
];

const parameterColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Type', kind: 'text' },
  { title: 'Default', kind: 'text' },
];

const metricColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Last value', kind: 'number' },
  { title: 'Step', kind: 'number' },
  { title: 'Time', kind: 'text' },
];

const entryColumns: readonly Column[] = [
  { title: 'Name', kind: 'name' },
  { title: 'Value', kind: 'text' },
];

type PartName = 'inputs' | 'outputs' | 'params';

const emptyParts: Readonly<Record<PartName, string>> = {
  inputs: 'The model does not say what it takes.',
  outputs: 'The model does not say what it gives.',
  params: 'The model takes no parameters.',
};

function specSection(id: PartName, title: string, actions: DrawnSectionActions): ModelSection {
  const section = foldable(id, title, actions);
  const kind: SpecKind = id === 'params' ? 'parameter' : 'column';
  const turned = new Set<string>();
  const drawn = createFilteredTable(section.body, {
    ...{
      id,
      title,
      noun: id === 'params' ? 'parameters' : 'columns',
      none: emptyParts[id],
    },
    ...{ columns: id === 'params' ? parameterColumns : columnColumns, copy: actions.copy },
    fold: (row) => {
      if (!turned.delete(row.id)) turned.add(row.id);
      actions.redraw();
    },
  });
  let specs: readonly SpecRow[] = [];
  return {
    ...{ id, title, section },
    accept: (model, isSame) => {
      specs = model.signature?.[id] ?? [];
      if (!isSame) turned.clear();
    },
    show: (words) => {
      const rows = listSpecRows(specs, kind, { turned, isAllOpen: words.length > 0 });
      drawn(rows, words);
      const outer = rows.filter(
        ({ place, haystack }) => (place?.level ?? 0) === 0 && hasWords(haystack, words),
      );
      return { shown: outer.length, total: specs.length };
    },
  };
}

function listMetrics({ run }: ModelPreview): readonly Row[] {
  return run?.metrics?.map(metricRow) ?? [];
}

function entrySection(
  id: SectionId,
  title: string,
  entriesOf: (model: ModelPreview) => readonly Entry[],
  actions: SectionActions,
): ModelSection {
  return rowSection(id, title, entryColumns, (model) => entriesOf(model).map(entryRow), actions);
}

/** A table that is not there where it has no rows. */
function rowSection(
  id: SectionId,
  title: string,
  columns: readonly Column[],
  rowsOf: (model: ModelPreview) => readonly Row[],
  actions: SectionActions,
): ModelSection {
  const section = foldable(id, title, actions);
  const { copy } = actions;
  const noun = title.toLowerCase();
  const drawn = createFilteredTable(section.body, { id, title, noun, none: '', columns, copy });
  let rows: readonly Row[] = [];
  return {
    ...{ id, title, section, isHiddenWhenEmpty: true },
    accept: (model) => {
      rows = rowsOf(model);
    },
    show: (words) => drawn(rows, words),
  };
}
