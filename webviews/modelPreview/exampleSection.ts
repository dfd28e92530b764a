import type { Example, ExampleContent } from '../protocol/modelPreview';
import { button, element, onChangeOf, replaceChildren, type Child } from '../shared/dom';
import { icon } from '../shared/icons';
import { clampText, formatCount, formatInteger, visibleText } from '../shared/text';
import { foldable, type ModelSection, type SectionActions } from './modelSection';

/** What was given to the model when it was saved. */
export function exampleSection(actions: SectionActions): ModelSection {
  const [id, title] = ['example', 'Input Example'] as const;
  const section = foldable(id, title, actions);
  let example: Example | undefined;
  const draw = onChangeOf((shown: Example | null) => {
    replaceChildren(
      section.body,
      ...(shown ? drawExample(shown, actions) : [empty('The model was saved without an input example.')]),
    );
  });
  return {
    ...{ id, title, section },
    accept: (model) => {
      ({ example } = model);
    },
    show: () => {
      draw(example ?? null);
      return undefined;
    },
  };
}

function drawExample(example: Example, actions: SectionActions): readonly Child[] {
  const { file, type, content } = example;
  const isThere = content.kind === 'table' || content.kind === 'text';
  const open = () => {
    actions.openFile(file);
  };
  const bar = element(
    'div',
    { class: 'example-bar' },
    button({ class: 'link stranger', data: { focus: 'example' }, onClick: open }, shorten(file)),
    element('span', { class: 'quiet stranger' }, shorten(type)),
    isThere
      ? button(
          {
            class: 'button secondary',
            data: { focus: 'copyExample' },
            onClick: () => void actions.copyExample(),
          },
          icon('copy'),
          'Copy Example',
        )
      : undefined,
  );
  return [bar, drawContent(content, file)];
}

function drawContent(content: ExampleContent, file: string): HTMLElement {
  switch (content.kind) {
    case 'loading':
      return empty('Loading…');
    case 'missing':
      return empty(`${shorten(file)} is not among the model's files.`);
    case 'failed':
      return empty(`It could not be read: ${content.cause.slice(0, 1000)}`);
    case 'table':
      return drawTable(content);
    case 'text':
      return element(
        'div',
        { class: 'example' },
        element(
          'pre',
          { class: 'stranger', tabIndex: 0, aria: { label: 'Input example' } },
          visibleText(content.text),
        ),
        content.isCut ? empty('This is its beginning; copying takes all of it.') : undefined,
      );
  }
}

function drawTable({ columns, rows, total }: ExampleContent & { readonly kind: 'table' }): HTMLElement {
  const head = element(
    'tr',
    {},
    ...columns.map((name) => element('th', { class: 'stranger' }, shorten(name))),
  );
  const body = rows.map((cells) =>
    element('tr', {}, ...cells.map((text) => element('td', { class: 'stranger' }, shorten(text)))),
  );
  const rest = total - rows.length;
  const label = `Input example, ${formatInteger(total)} rows`;
  return element(
    'div',
    { class: 'example' },
    element(
      'div',
      { class: 'example-table', tabIndex: 0, role: 'region', aria: { label } },
      element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
    ),
    rest > 0 ? empty(`and ${formatCount(rest, 'more row')}`) : undefined,
  );
}

function empty(text: string): HTMLElement {
  return element('p', { class: 'empty stranger' }, visibleText(text));
}

function shorten(text: string): string {
  return visibleText(clampText(text, 200, 2).text);
}
