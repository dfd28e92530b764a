import { element } from './dom';

/** The glyphs that icons.css takes from VS Code's icon font. */
export type IconName =
  | 'chart'
  | 'check'
  | 'chevron'
  | 'clear'
  | 'copy'
  | 'ellipsis'
  | 'export'
  | 'external'
  | 'failed'
  | 'file'
  | 'finished'
  | 'folder'
  | 'image'
  | 'killed'
  | 'legend'
  | 'link'
  | 'outliers'
  | 'pin'
  | 'pinned'
  | 'range'
  | 'refresh'
  | 'regex'
  | 'running'
  | 'scheduled'
  | 'screenFull'
  | 'screenNormal'
  | 'search'
  | 'table'
  | 'trash'
  | 'unknown'
  | 'warning'
  | 'zoomOut';

/** A picture beside a text that says the same: screen readers pass over it. */
export function icon(name: IconName): HTMLSpanElement {
  return element('span', { class: `icon icon-${name}`, aria: { hidden: 'true' } });
}
