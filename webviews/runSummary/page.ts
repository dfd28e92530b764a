import type { ArtifactRow, RunAction, RunSummary } from '../protocol/runSummary';
import { createAnnouncer } from '../shared/announcer';
import { element } from '../shared/dom';
import type { Arrangement } from '../shared/sections/arrangement';
import { refreshPage } from '../shared/sections/pageHeader';
import { createSection } from '../shared/sections/section';
import { SectionList, type ListedSection } from '../shared/sections/sectionList';
import { ArtifactTree } from './artifactTree';
import { createFacts } from './facts';
import { createHeader, nameStatus } from './header';
import { createRunSections } from './sections';
import type { SectionId } from './state';

/** What the page asks of the extension. */
export interface PageActions {
  copy(text: string): Promise<unknown>;
  run(action: RunAction): void;
  openParent(): void;
  refresh(): Promise<unknown>;
  loadArtifacts(runId: string, path: string): Promise<readonly ArtifactRow[]>;
  /** The user arranged something. */
  arranged(arrangement: Arrangement<SectionId>): void;
}

/** The page of one run, and of the next one: it is built once and keeps what the user arranged. */
export class Page {
  readonly element: HTMLElement;
  private readonly announcer = createAnnouncer();
  private readonly header;
  private readonly facts;
  private readonly sections;
  private readonly list: SectionList<SectionId>;
  private readonly artifacts;
  private run: RunSummary | undefined;

  constructor(
    private readonly actions: PageActions,
    arrangement: Arrangement<SectionId>,
  ) {
    const copy = async (text: string) => {
      await actions.copy(text);
      this.announcer.say('Copied');
    };
    const toggle = (id: SectionId) => {
      this.list.toggle(id);
    };
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
    this.sections = createRunSections({ copy, toggle });
    this.artifacts = new ArtifactTree({
      copy,
      load: (path) => (this.run ? actions.loadArtifacts(this.run.id, path) : Promise.resolve([])),
    });
    this.list = new SectionList(this.listOptions(), arrangement, this.inOrder(toggle));
    this.element = element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.header.element,
      this.facts.element,
      this.list.element,
      this.announcer.element,
    );
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
    this.list.draw();
    if (!isSame) this.artifacts.reset();
    else if (before.status !== run.status) this.artifacts.renew();
    if (isSame && before.status !== run.status) this.announcer.say(`Run status: ${nameStatus(run.status)}`);
  }

  focusFilter(): void {
    this.list.focusFilter();
  }

  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean {
    return this.list.clearFilter();
  }

  private listOptions() {
    const { actions, announcer } = this;
    return {
      searched: 'parameters, metrics, tags, datasets and models',
      placeholder: 'Filter parameters, metrics, tags…',
      arranged: (arrangement: Arrangement<SectionId>) => {
        actions.arranged(arrangement);
      },
      say: (text: string) => {
        announcer.say(text);
      },
    };
  }

  /** Artifacts stand before MLflow's own tags, which come last. */
  private inOrder(toggle: (id: SectionId) => void): readonly ListedSection<SectionId>[] {
    const section = createSection('artifacts', 'Artifacts', () => {
      toggle('artifacts');
    });
    section.body.append(this.artifacts.element);
    const artifacts = { id: 'artifacts' as const, title: 'Artifacts', section, show: () => undefined };
    return [...this.sections.slice(0, -1), artifacts, ...this.sections.slice(-1)];
  }

  private refresh(): Promise<void> {
    const { actions, announcer } = this;
    const read = async () => {
      await actions.refresh();
      this.artifacts.renew();
    };
    return refreshPage(read, this.header, (text) => {
      announcer.say(text);
    });
  }
}
