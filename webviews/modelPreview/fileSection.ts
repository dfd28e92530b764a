import type { FileRow } from '../protocol/modelPreview';
import { button, element, onChangeOf, replaceChildren } from '../shared/dom';
import { icon } from '../shared/icons';
import { hasWords } from '../shared/sections/arrangement';
import { clampText, formatCount, formatSize, visibleText } from '../shared/text';
import { foldable, type ModelSection, type SectionActions } from './modelSection';

const mostFiles = 200;

/** The files that the model names, each a way into an editor. */
export function fileSection(actions: SectionActions): ModelSection {
  const [id, title] = ['files', 'Files'] as const;
  const section = foldable(id, title, actions);
  const list = element('ul', { class: 'files' });
  section.body.append(list);
  let files: readonly FileRow[] = [];
  const draw = onChangeOf((shown: readonly FileRow[]) => {
    const rest = shown.length - mostFiles;
    const more =
      rest > 0 ? element('li', { class: 'empty' }, `and ${formatCount(rest, 'more file')}`) : undefined;
    replaceChildren(list, ...shown.slice(0, mostFiles).map((file) => fileLine(file, actions)), more);
  });
  return {
    ...{ id, title, section },
    accept: (model) => {
      ({ files } = model);
    },
    show: (words) => {
      const matching = files.filter(({ name, role }) => hasWords(`${name}\n${role}`.toLowerCase(), words));
      draw(matching);
      return { shown: matching.length, total: files.length };
    },
  };
}

function fileLine(
  { name, role, state, isFolder, opens, size }: FileRow,
  actions: SectionActions,
): HTMLElement {
  const shown = visibleText(clampText(name, 200, 1).text);
  const open = () => {
    actions.openFile(name);
  };
  return element(
    'li',
    { class: 'file' },
    icon(state === 'missing' ? 'warning' : isFolder ? 'folder' : 'file'),
    opens
      ? button({ class: 'link stranger', data: { focus: `file ${name}` }, onClick: open }, shown)
      : element('span', { class: 'stranger' }, shown),
    element('span', { class: 'quiet stranger' }, visibleText(clampText(role, 200, 1).text)),
    size === undefined ? undefined : element('span', { class: 'quiet' }, formatSize(size)),
    state === 'missing' ? element('span', { class: 'is-missing' }, 'missing') : undefined,
    state === 'unlisted'
      ? element('span', { class: 'quiet' }, 'not listed by the store: neither kind nor size is known')
      : undefined,
    state === 'failed' ? element('span', { class: 'is-missing' }, 'cannot be read') : undefined,
  );
}
