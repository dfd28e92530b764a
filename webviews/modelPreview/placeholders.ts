import type { ModelSubject } from '../protocol/modelPreview';
import { element } from '../shared/dom';
import { bone, skeleton } from '../shared/sight';
import { visibleText } from '../shared/text';

/** What stands where a model will be. */
export function modelBones(): HTMLElement {
  const line = () => element('div', { class: 'bone-row' }, bone('bone-name'), bone('bone-value'));
  return skeleton(
    'Loading the model',
    bone('bone-title'),
    bone('bone-pill'),
    element('div', { class: 'bone-facts' }, ...Array.from({ length: 6 }, () => bone('bone-fact'))),
    ...Array.from({ length: 6 }, line),
  );
}

/** Which model it is that cannot be read. */
export function nameSubject(subject: ModelSubject): HTMLElement {
  const code = element('code', { class: 'stranger' }, visibleText(uriOf(subject).slice(0, 1000)));
  return element('p', { class: 'quiet' }, code);
}

function uriOf(subject: ModelSubject): string {
  switch (subject.kind) {
    case 'file':
      return subject.uri;
    case 'version':
      return `models:/${subject.modelName}/${subject.version}`;
    case 'loggedModel':
      return `models:/${subject.modelId}`;
  }
}
