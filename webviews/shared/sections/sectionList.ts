import { element } from '../dom';
import { formatInteger } from '../text';
import {
  isSectionOpen,
  toggleSection,
  wordsOf,
  type Arrangement,
  type SectionCount,
  type Words,
} from './arrangement';
import type { Section } from './section';
import { createSectionBar } from './sectionBar';

/** A section that shows a part of the subject, as far as the filter lets it through. */
export interface ListedSection<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly section: Section;
  /** Absent for a section that nothing hides while it is empty. */
  readonly isHiddenWhenEmpty?: boolean;
  /** Draws what matches and counts it; undefined where nothing is counted. */
  show(words: Words): SectionCount | undefined;
}

export interface SectionListOptions<Id extends string> {
  readonly searched: string;
  readonly placeholder: string;
  /** The user arranged something. */
  arranged(arrangement: Arrangement<Id>): void;
  /** Tells those who do not see it. */
  say(text: string): void;
}

/** The sections of a page under the bar that filters them all and leads to each. It keeps what the user arranged. */
export class SectionList<Id extends string> {
  readonly element: HTMLElement;
  private readonly bar;

  constructor(
    private readonly options: SectionListOptions<Id>,
    private arrangement: Arrangement<Id>,
    private readonly sections: readonly ListedSection<Id>[],
  ) {
    this.bar = createSectionBar<Id>({
      ...options,
      filter: (query) => {
        this.filter(query);
      },
      goTo: (id) => {
        this.goTo(id);
      },
    });
    this.bar.setQuery(arrangement.query);
    this.element = element('div', {}, this.bar.element, ...sections.map(({ section }) => section.element));
  }

  toggle(id: Id): void {
    this.arrange(toggleSection(this.arrangement, id));
  }

  focusFilter(): void {
    this.bar.focusFilter();
  }

  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean {
    if (this.bar.query === '') return false;
    this.bar.setQuery('');
    this.filter('');
    return true;
  }

  /** Draws all sections as they are arranged, and tells how many things are shown. */
  draw(): number {
    const words = wordsOf(this.arrangement.query);
    const drawn = this.sections.map((listed) => ({ listed, count: this.drawSection(listed, words) }));
    const shown = drawn.filter(({ listed }) => !listed.section.element.hidden);
    this.bar.setDestinations(
      shown
        .filter(({ count }) => count?.total !== 0)
        .map(({ listed: { id, title }, count }) => (count ? { id, title, count } : { id, title })),
    );
    return drawn.reduce((sum, { count }) => sum + (count?.shown ?? 0), 0);
  }

  private drawSection(listed: ListedSection<Id>, words: Words): SectionCount | undefined {
    const { id, section, isHiddenWhenEmpty = false } = listed;
    const count = listed.show(words);
    section.setCount(count, words);
    section.setOpen(isSectionOpen(id, this.arrangement, count));
    section.element.hidden = isHiddenWhenEmpty && count?.total === 0;
    return count;
  }

  private filter(query: string): void {
    const found = this.arrange({ ...this.arrangement, query });
    this.options.say(query === '' ? 'Filter cleared' : `${formatInteger(found)} found`);
  }

  private goTo(id: Id): void {
    if (this.arrangement.folded.includes(id)) this.toggle(id);
    this.sections.find((other) => other.id === id)?.section.reveal();
  }

  private arrange(arrangement: Arrangement<Id>): number {
    this.arrangement = arrangement;
    this.options.arranged(arrangement);
    return this.draw();
  }
}
