import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { letPersonIn, type Person } from '../../extension/uiFixture';
import { marksOf, type Canary, type Payload } from './canary';
import type { Suspicion } from './census';
import { Conduct, type Question } from './conduct';
import { guide, makeHostileStore } from './hostileStore';
import { Hover } from './hover';

/** Where VS Code draws what we gave it as text, and what would be markup there. */
const foreign = [
  '.workbench-hover .rendered-markdown :is(a, img, h1, h2, h3, ul, ol, table, pre, code, em, del, hr, blockquote, input, .codicon)',
  ':is(.notification-list-item-message, .notifications-center) a',
  '.quick-input-widget :is(.quick-input-message, .quick-input-title, .quick-input-description) :is(a, .codicon)',
  '.part.sidebar .monaco-list-row .monaco-icon-label .codicon-zap',
  '.monaco-list-row .label-name .codicon-zap, .statusbar-item .codicon-zap, .tab .codicon-zap',
].join(', ');

/** A VS Code window on a store full of payloads, and what is seen in it. */
export class Stage {
  readonly page: Page;
  private readonly hover: Hover;
  private readonly conduct: Conduct;
  private readonly suspicion: Suspicion;
  private readonly wrong = new Map<Question, string>();

  private constructor(
    readonly person: Person,
    readonly payloads: readonly Payload[],
    canary: Canary,
  ) {
    this.page = person.workbench.page;
    this.hover = new Hover(this.page);
    this.conduct = new Conduct(this.page, canary);
    this.suspicion = { elements: foreign, marks: marksOf(canary) };
  }

  /** A window high enough for a list of all payloads. */
  static async open(canary: Canary, payloads: readonly Payload[]): Promise<Stage> {
    const store = await mkdtemp(join(tmpdir(), 'mlflow-lens-hostile-'));
    try {
      makeHostileStore(store, payloads);
      const copies = { 'mlflow.db': join(store, 'mlflow.db'), mlartifacts: join(store, 'mlartifacts') };
      const settings = { 'workbench.hover.delay': 1, 'mlflow.runs.pageSize': 1000 };
      const person = await letPersonIn({ copies, settings, height: 900 + payloads.length * 48 });
      await person.workbench.openMlflowView();
      await person.row(`Experiment ${guide}`).waitFor();
      return new Stage(person, payloads, canary);
    } finally {
      await rm(store, { recursive: true, force: true });
    }
  }

  /** Judges the window as it is now. */
  async look(place: string): Promise<void> {
    for (const [question, reason] of await this.conduct.judge(this.suspicion)) {
      this.note(question, `${place}: ${reason}`);
    }
  }

  /** Points at a thing, and judges what that brings. Answers the tooltip's words. */
  async pointAt(target: Locator, place: string): Promise<string> {
    try {
      const text = await this.hover.read(target);
      await this.look(place);
      return words(text);
    } catch (error) {
      this.note('shown', `${place}: ${String(error)}`);
      return '';
    }
  }

  /** Keeps the first that is wrong in answer to a question. */
  note(question: Question, reason: string): void {
    if (!this.wrong.has(question)) this.wrong.set(question, reason);
  }

  /** What was wrong since it was last asked. */
  takeWrong(): ReadonlyMap<Question, string> {
    const wrong = new Map(this.wrong);
    this.wrong.clear();
    return wrong;
  }

  /** The rows of one of our views at a depth, 1 being the outermost. */
  rows(view: 'Experiments' | 'Registered Models', depth: number): Locator {
    const header = this.page.locator(`.pane-header[aria-label^="${view}"]`);
    const pane = this.page.locator('.part.sidebar .pane', { has: header });
    return pane.locator(`.monaco-list-row[aria-level="${depth}"]`);
  }

  leave(): Promise<void> {
    return this.person.leaves();
  }
}

/** The text but for how its white space is drawn. */
export function words(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}
