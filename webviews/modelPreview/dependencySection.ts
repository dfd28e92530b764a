import { dependencyPlaces, type Dependencies, type DependencyRow } from '../protocol/modelPreview';
import { element, onChangeOf, replaceChildren } from '../shared/dom';
import { createFilteredTable } from '../shared/sections/filteredTable';
import type { Row } from '../shared/sections/rows';
import type { Column } from '../shared/sections/rowTable';
import { visibleText } from '../shared/text';
import { foldable, type ModelSection, type SectionActions } from './modelSection';

const columns: readonly Column[] = [
  { title: 'Package', kind: 'name' },
  ...dependencyPlaces.map((title): Column => ({ title, kind: 'text' })),
  { title: 'Agreement', kind: 'text' },
];

/** What the model needs, each package once, with what each file says of it. */
export function dependencySection(actions: SectionActions): ModelSection {
  const [id, title] = ['dependencies', 'Dependencies'] as const;
  const section = foldable(id, title, actions);
  const notes = element('div', { class: 'notes' });
  const drawn = createFilteredTable(section.body, {
    ...{ id, title, noun: 'packages', none: 'Nothing says what the model needs.' },
    ...{ columns, copy: actions.copy },
  });
  section.body.append(notes);
  const drawNotes = onChangeOf((said: readonly string[]) => {
    replaceChildren(
      notes,
      ...said.map((text) => element('p', { class: 'empty stranger' }, visibleText(text))),
    );
  });
  let dependencies: Dependencies = { rows: [], notes: [], isLoading: true };
  return {
    ...{ id, title, section },
    accept: (model) => {
      ({ dependencies } = model);
      drawNotes(dependencies.isLoading ? ['Loading…'] : dependencies.notes);
    },
    show: (words) => drawn(dependencies.rows.map(toRow), words),
  };
}

function toRow(row: DependencyRow): Row {
  const { name, says, disagreement = '' } = row;
  const isWrong = disagreement !== '';
  return {
    id: name,
    copyText: [name, ...new Set(says.filter((text) => text !== ''))].join(' '),
    haystack: [name, ...says, disagreement].join('\n').toLowerCase(),
    version: JSON.stringify(row),
    cells: () => [
      { text: name },
      ...says.map((text) => ({ text, isWrong })),
      { text: disagreement, isWrong },
    ],
  };
}
