import type { DatasetRow } from '../protocol/runSummary';
import { copyButton, type Copy } from '../shared/copyButton';
import { element, type Child } from '../shared/dom';
import { clampText, formatCount, visibleText } from '../shared/text';
import { prettyJson, readSchema, type Schema } from './schema';

/** As much of a source or profile as fits a page. */
const longestText = 20_000;

/** A dataset that the run read: what it is, where it comes from, and its schema on demand. */
export function datasetCard(dataset: DatasetRow, copy: Copy): HTMLElement {
  const { name, digest, context, sourceType, source, schema, profile } = dataset;
  return element(
    'article',
    { class: 'card' },
    element(
      'h3',
      {},
      element('span', { class: 'stranger' }, shorten(name)),
      context === undefined ? undefined : element('span', { class: 'chip stranger' }, shorten(context)),
    ),
    element(
      'dl',
      { class: 'details' },
      ...detail(
        'Digest',
        element('code', { class: 'stranger' }, shorten(digest)),
        copyButton(copy, 'Copy Digest', () => digest),
      ),
      ...detail('Source type', element('span', { class: 'stranger' }, shorten(sourceType))),
      ...(profile === undefined
        ? []
        : detail('Profile', element('code', { class: 'stranger' }, shorten(profile)))),
    ),
    folded('Source', () => element('pre', { class: 'stranger' }, visibleText(cut(prettyJson(source))))),
    schema === undefined ? undefined : schemaOf(readSchema(schema)),
  );
}

function schemaOf(schema: Schema): HTMLElement {
  if (schema.kind === 'text') {
    return folded('Schema', () => element('pre', { class: 'stranger' }, visibleText(cut(schema.text))));
  }
  return folded(`Schema (${formatCount(schema.total, 'column')})`, () => {
    const rows = schema.columns.map(({ name, type }) =>
      element(
        'tr',
        {},
        element('th', { class: 'stranger' }, shorten(name)),
        element('td', { class: 'stranger' }, shorten(type)),
      ),
    );
    const rest = schema.total - rows.length;
    return element(
      'div',
      {},
      element('table', { class: 'schema', aria: { label: 'Schema' } }, element('tbody', {}, ...rows)),
      rest === 0 ? undefined : element('p', { class: 'empty' }, `and ${formatCount(rest, 'more column')}`),
    );
  });
}

/** Details that are built when they are first opened. */
function folded(label: string, build: () => HTMLElement): HTMLElement {
  const made = element('details', {}, element('summary', {}, label));
  made.addEventListener(
    'toggle',
    () => {
      made.append(build());
    },
    { once: true },
  );
  return made;
}

function detail(label: string, ...value: readonly Child[]): readonly HTMLElement[] {
  return [element('dt', {}, label), element('dd', {}, ...value)];
}

function shorten(text: string): string {
  return visibleText(clampText(text).text);
}

function cut(text: string): string {
  return clampText(text, longestText, 2000).text;
}
