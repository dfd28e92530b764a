import type { ArtifactRow, RunAction, RunSummary } from '../protocol/runSummary';
import { createAnnouncer } from '../shared/announcer';
import { element } from '../shared/dom';
import { formatInteger } from '../shared/text';
import { ArtifactTree } from './artifactTree';
import { createFacts } from './facts';
import { createHeader, nameStatus } from './header';
import { createSection } from './section';
import { createRunSections } from './sections';
import {
  isSectionOpen,
  toggleSection,
  wordsOf,
  type Arrangement,
  type SectionCount,
  type SectionId,
} from './state';
import { createToolbar } from './toolbar';

/** What the page asks of the extension. */
export interface PageActions {
  copy(text: string): Promise<unknown>;
  run(action: RunAction): void;
  openParent(): void;
  refresh(): Promise<unknown>;
  loadArtifacts(runId: string, path: string): Promise<readonly ArtifactRow[]>;
  /** The user arranged something. */
  arranged(arrangement: Arrangement): void;
}

/** The page of one run, and of the next one: it is built once and keeps what the user arranged. */
export class Page {
  readonly element: HTMLElement;
  private readonly announcer = createAnnouncer();
  private readonly header;
  private readonly facts;
  private readonly toolbar;
  private readonly sections;
  private readonly artifacts;
  private readonly artifactSection;
  private run: RunSummary | undefined;

  constructor(
    private readonly actions: PageActions,
    private arrangement: Arrangement,
  ) {
    const copy = async (text: string) => {
      await actions.copy(text);
      this.announcer.say('Copied');
    };
    const toggle = (id: SectionId) => this.arrange(toggleSection(this.arrangement, id));
    this.header = createHeader({
      copy,
      run: (action) => {
        actions.run(action);
      },
      refresh: () => void this.refresh(),
    });
    this.facts = createFacts({
      copy,
      openParent: () => {
        actions.openParent();
      },
    });
    this.toolbar = createToolbar({
      filter: (query) => {
        this.filter(query);
      },
      goTo: (id) => {
        this.goTo(id);
      },
    });
    this.toolbar.setQuery(arrangement.query);
    this.sections = createRunSections({ copy, toggle });
    this.artifactSection = createSection('artifacts', 'Artifacts', () => toggle('artifacts'));
    this.artifacts = new ArtifactTree({
      copy,
      load: (path) => (this.run ? actions.loadArtifacts(this.run.id, path) : Promise.resolve([])),
    });
    this.artifactSection.body.append(this.artifacts.element);
    this.element = this.assemble();
  }

  /** Shows the run: in place if it is the one that is shown already, from the top if it is another. */
  show(run: RunSummary): void {
    const before = this.run;
    this.run = run;
    const isSame = before?.id === run.id;
    if (!isSame) this.header.setTrouble(undefined);
    this.header.update(run);
    this.facts.update(run);
    for (const section of this.sections) section.accept(run);
    this.draw();
    if (!isSame) this.artifacts.reset();
    else if (before.status !== run.status) this.artifacts.renew();
    if (isSame && before.status !== run.status) this.announcer.say(`Run status: ${nameStatus(run.status)}`);
  }

  focusFilter(): void {
    this.toolbar.focusFilter();
  }

  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean {
    if (this.toolbar.query === '') return false;
    this.toolbar.setQuery('');
    this.filter('');
    return true;
  }

  private assemble(): HTMLElement {
    const [tagged, systemTags] = [this.sections.slice(0, -1), this.sections.slice(-1)];
    return element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.header.element,
      this.facts.element,
      this.toolbar.element,
      ...tagged.map(({ section }) => section.element),
      this.artifactSection.element,
      ...systemTags.map(({ section }) => section.element),
      this.announcer.element,
    );
  }

  private async refresh(): Promise<void> {
    try {
      await this.actions.refresh();
      this.header.setTrouble(undefined);
      this.artifacts.renew();
      this.announcer.say('Refreshed');
    } catch (error) {
      this.header.setTrouble(error instanceof Error ? error.message : String(error));
    }
  }

  private filter(query: string): void {
    const found = this.arrange({ ...this.arrangement, query });
    this.announcer.say(query === '' ? 'Filter cleared' : `${formatInteger(found)} found`);
  }

  private goTo(id: SectionId): void {
    if (this.arrangement.folded.includes(id)) this.arrange(toggleSection(this.arrangement, id));
    const section =
      id === 'artifacts' ? this.artifactSection : this.sections.find((other) => other.id === id)?.section;
    section?.reveal();
  }

  private arrange(arrangement: Arrangement): number {
    this.arrangement = arrangement;
    this.actions.arranged(arrangement);
    return this.draw();
  }

  /** Draws the run as it is arranged, and tells how many things are shown. */
  private draw(): number {
    const words = wordsOf(this.arrangement.query);
    const counts = new Map<SectionId, SectionCount | undefined>();
    for (const runSection of this.sections) {
      const { id, section, isHiddenWhenEmpty = false } = runSection;
      const count = runSection.show(words);
      counts.set(id, count);
      section.setCount(count, words);
      section.setOpen(isSectionOpen(id, this.arrangement, count));
      section.element.hidden = isHiddenWhenEmpty && count?.total === 0;
    }
    this.artifactSection.setOpen(isSectionOpen('artifacts', this.arrangement, undefined));
    this.toolbar.setDestinations(this.destinations(counts));
    return [...counts.values()].reduce((sum, count) => sum + (count?.shown ?? 0), 0);
  }

  private destinations(counts: ReadonlyMap<SectionId, SectionCount | undefined>) {
    const counted = this.sections.map(({ id, title }) => {
      const count = counts.get(id);
      return count === undefined ? { id, title } : { id, title, count };
    });
    const shown = counted.filter(({ count }) => count?.total !== 0);
    const artifacts = { id: 'artifacts' as const, title: 'Artifacts' };
    const last = shown.at(-1)?.id === 'systemTags' ? -1 : shown.length;
    return [...shown.slice(0, last), artifacts, ...shown.slice(last)];
  }
}
