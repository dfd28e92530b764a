import type { ModelPreview } from '../protocol/modelPreview';
import type { Copy } from '../shared/copyButton';
import { createSection } from '../shared/sections/section';
import type { ListedSection } from '../shared/sections/sectionList';
import type { SectionId } from './state';

/** A section that shows a part of the model. */
export interface ModelSection extends ListedSection<SectionId> {
  /** Takes the model, which may be the same one as it is now; `show` then draws it. */
  accept(model: ModelPreview, isSame: boolean): void;
}

export interface SectionActions {
  readonly copy: Copy;
  /** Copies the whole input example. */
  copyExample(): Promise<unknown>;
  openFile(name: string, line?: number): void;
  toggle(id: SectionId): void;
}

export interface DrawnSectionActions extends SectionActions {
  /** Draws all sections again. */
  redraw(): void;
}

/** A section whose heading folds it. */
export function foldable(id: SectionId, title: string, { toggle }: Pick<SectionActions, 'toggle'>) {
  return createSection(id, title, () => {
    toggle(id);
  });
}
