import type { FlavorPreview } from '../protocol/modelPreview';
import { copyButton, type Copy } from '../shared/copyButton';
import { element, onChangeOf, replaceChildren, type Child } from '../shared/dom';
import { icon } from '../shared/icons';
import { hasWords } from '../shared/sections/arrangement';
import { showEmpty } from '../shared/sections/filteredTable';
import { clampText, formatCount, visibleText } from '../shared/text';
import { foldable, type ModelSection, type SectionActions } from './modelSection';

/** A card for each way in which the model can be loaded. */
export function flavorSection(actions: SectionActions): ModelSection {
  const [id, title] = ['flavors', 'Flavors'] as const;
  const section = foldable(id, title, actions);
  const cards = element('div', { class: 'cards' });
  const empty = element('p', { class: 'empty' });
  section.body.append(cards, empty);
  let flavors: readonly FlavorPreview[] = [];
  const draw = onChangeOf((matching: readonly FlavorPreview[]) => {
    replaceChildren(cards, ...matching.slice(0, mostCards).map((flavor) => flavorCard(flavor, actions.copy)));
  });
  return {
    ...{ id, title, section },
    accept: (model) => {
      ({ flavors } = model);
    },
    show: (words) => {
      const matching = flavors.filter((flavor) => hasWords(haystackOf(flavor), words));
      draw(matching);
      const count = { shown: matching.length, total: flavors.length };
      showEmpty(empty, { ...count, noun: 'flavors', none: 'The model has no flavors: nothing can load it.' });
      return count;
    },
  };
}

const mostCards = 100;
/** Keys shown of a flavor: MLflow writes at most two dozen. */
const mostKeys = 100;

function haystackOf({ name, title, keys }: FlavorPreview): string {
  return [name, title, ...keys.flatMap(({ key, value }) => [key, value])].join('\n').toLowerCase();
}

function flavorCard(flavor: FlavorPreview, copy: Copy): HTMLElement {
  const { name, title, about, version, keys, code, warning } = flavor;
  const rest = keys.length - mostKeys;
  return element(
    'article',
    { class: 'card', aria: { label: visibleText(clampText(title, 80, 1).text) } },
    element(
      'h3',
      {},
      element('span', { class: 'stranger' }, shorten(title)),
      name === title ? undefined : element('code', { class: 'quiet stranger' }, shorten(name)),
      version === undefined ? undefined : element('span', { class: 'chip stranger' }, shorten(version)),
    ),
    about === undefined ? undefined : element('p', { class: 'quiet stranger' }, ...withCode(about)),
    code === undefined ? undefined : codeBlock(code, title, copy),
    warning === undefined
      ? undefined
      : element(
          'p',
          { class: 'runs-code' },
          icon('warning'),
          element('span', { class: 'stranger' }, shorten(warning)),
        ),
    element(
      'dl',
      { class: 'details' },
      ...keys.slice(0, mostKeys).flatMap(({ key, value }) => detail(key, value)),
    ),
    rest > 0 ? element('p', { class: 'quiet' }, `and ${formatCount(rest, 'more key')}`) : undefined,
  );
}

/** What stands between backticks is code. */
function withCode(text: string): readonly Child[] {
  const parts = visibleText(text).split('`');
  return parts.map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

function codeBlock(code: string, title: string, copy: Copy): HTMLElement {
  const label = `Copy code that loads the model as ${visibleText(clampText(title, 80, 1).text)}`;
  return element(
    'div',
    { class: 'code-block' },
    element(
      'pre',
      { class: 'stranger', tabIndex: 0, aria: { label: 'Python' } },
      visibleText(clampText(code, 2000, 20).text),
    ),
    copyButton(copy, label, () => code, { data: { focus: label } }),
  );
}

function detail(key: string, value: string): readonly Child[] {
  return [
    element('dt', { class: 'stranger' }, shorten(key)),
    element('dd', { class: 'stranger', title: visibleText(value.slice(0, 2000)) }, shorten(value)),
  ];
}

function shorten(text: string): string {
  return visibleText(clampText(text).text);
}
