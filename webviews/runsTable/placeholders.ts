import { element } from '../shared/dom';
import { bone, skeleton } from '../shared/sight';

/** What stands where the table will be: bones of it. */
export function tableBones(): HTMLElement {
  const line = () =>
    element(
      'div',
      { class: 'bone-row' },
      bone('bone-name'),
      ...Array.from({ length: 5 }, () => bone('bone-value')),
    );
  return skeleton('Loading the runs', bone('bone-bar'), ...Array.from({ length: 14 }, line));
}
