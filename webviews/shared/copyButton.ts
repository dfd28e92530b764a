import { button, type Properties } from './dom';
import { icon } from './icons';

/** Puts a text on the clipboard; rejects when it cannot. */
export type Copy = (text: string) => Promise<unknown>;

/** How long the check mark stands for "copied". */
const thanks = 1500;

/** A button that copies, and shows that it did. */
export function copyButton(
  copy: Copy,
  label: string,
  textOf: () => string,
  properties: Properties = {},
): HTMLButtonElement {
  const glyph = icon('copy');
  return button(
    {
      ...properties,
      class: 'icon-button copy',
      title: label,
      aria: { label },
      onClick: (event) => {
        event.stopPropagation();
        void copy(textOf()).then(() => {
          glyph.className = 'icon icon-check';
          setTimeout(() => (glyph.className = 'icon icon-copy'), thanks);
        });
      },
    },
    glyph,
  );
}
