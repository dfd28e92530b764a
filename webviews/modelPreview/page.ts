import type { ModelPreview } from '../protocol/modelPreview';
import { createAnnouncer } from '../shared/announcer';
import { element } from '../shared/dom';
import type { Arrangement } from '../shared/sections/arrangement';
import { refreshPage } from '../shared/sections/pageHeader';
import { SectionList } from '../shared/sections/sectionList';
import { createFacts, type FactActions } from './facts';
import { createHeader, type HeaderActions } from './header';
import type { SectionActions } from './modelSection';
import { createModelSections } from './sections';
import type { SectionId } from './state';

/** What the page asks of the extension. */
export interface PageActions extends Omit<
  HeaderActions & FactActions & SectionActions,
  'refresh' | 'toggle'
> {
  refresh(): Promise<unknown>;
  /** The user arranged something. */
  arranged(arrangement: Arrangement<SectionId>): void;
}

/** The page of one model, and of the next one: it is built once and keeps what the user arranged. */
export class Page {
  readonly element: HTMLElement;
  private readonly announcer = createAnnouncer();
  private readonly header;
  private readonly facts;
  private readonly sections;
  private readonly list: SectionList<SectionId>;

  constructor(
    private readonly actions: PageActions,
    arrangement: Arrangement<SectionId>,
  ) {
    const told = { ...actions, ...this.withThanks() };
    this.header = createHeader({ ...told, refresh: () => void this.refresh() });
    this.facts = createFacts(told);
    this.sections = createModelSections({
      ...told,
      toggle: (id) => {
        this.list.toggle(id);
      },
      redraw: () => this.list.draw(),
    });
    this.list = new SectionList(this.listOptions(), arrangement, this.sections);
    this.element = element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.header.element,
      this.facts.element,
      this.list.element,
      this.announcer.element,
    );
  }

  /** Shows the model: in place if it is the one that is shown already. */
  show(model: ModelPreview, isSame: boolean): void {
    if (!isSame) this.header.setTrouble(undefined);
    this.header.update(model);
    this.facts.update(model);
    for (const section of this.sections) section.accept(model, isSame);
    this.list.draw();
  }

  focusFilter(): void {
    this.list.focusFilter();
  }

  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean {
    return this.list.clearFilter();
  }

  private withThanks() {
    const thank = (ask: () => Promise<unknown>) => async () => {
      await ask();
      this.announcer.say('Copied');
    };
    return {
      copy: (text: string) => thank(() => this.actions.copy(text))(),
      copyExample: thank(() => this.actions.copyExample()),
    };
  }

  private listOptions() {
    const { actions, announcer } = this;
    return {
      searched: 'signature, flavors, dependencies, metadata and files',
      placeholder: 'Filter columns, packages, keys…',
      arranged: (arrangement: Arrangement<SectionId>) => {
        actions.arranged(arrangement);
      },
      say: (text: string) => {
        announcer.say(text);
      },
    };
  }

  private refresh(): Promise<void> {
    const { actions, announcer } = this;
    return refreshPage(
      () => actions.refresh(),
      this.header,
      (text) => {
        announcer.say(text);
      },
    );
  }
}
