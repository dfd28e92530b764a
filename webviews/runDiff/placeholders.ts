import { element } from '../shared/dom';
import { bone, skeleton } from '../shared/sight';

/** What stands where a comparison will be: bones of a table. */
export function diffBones(): HTMLElement {
  const line = () =>
    element('div', { class: 'bone-row' }, bone('bone-name'), bone('bone-value'), bone('bone-value'));
  return skeleton('Loading the runs', bone('bone-title'), ...Array.from({ length: 10 }, line));
}
