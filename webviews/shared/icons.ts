import { element } from './dom';

/** The glyphs that icons.css takes from VS Code's icon font. */
export type IconName =
  | 'check'
  | 'chevron'
  | 'clear'
  | 'copy'
  | 'external'
  | 'failed'
  | 'file'
  | 'finished'
  | 'folder'
  | 'killed'
  | 'refresh'
  | 'running'
  | 'scheduled'
  | 'search'
  | 'trash'
  | 'unknown'
  | 'warning';

/** A picture beside a text that says the same: screen readers pass over it. */
export function icon(name: IconName): HTMLSpanElement {
  return element('span', { class: `icon icon-${name}`, aria: { hidden: 'true' } });
}
