import { element, type Child } from '../dom';
import { icon, type IconName } from '../icons';
import { visibleText } from '../text';

/** Something that is to be known of all that is shown below it. */
export function banner(name: IconName, text: string, ...more: readonly Child[]): HTMLElement {
  return element(
    'p',
    { class: `banner banner-${name}` },
    icon(name),
    element('span', { class: 'stranger' }, visibleText(text), ...more),
  );
}
