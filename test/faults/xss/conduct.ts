import type { Page } from 'playwright-core';
import type { Canary } from './canary';
import { takeCensus, type Suspicion } from './census';

/** The questions that each payload is judged by, in a page. */
export const questions = [
  'scripts', // nothing of a payload ran, no dialog opened
  'requests', // none to anywhere but our own files
  'navigations', // the page stayed where it was, no other one opened
  'elements', // no element, link, picture or handler is a payload's
  'quiet', // neither the page's code nor its policy complained
  'shown', // the texts were on the screen at all
] as const;

export type Question = (typeof questions)[number];

/** Keeps what a page does that a payload may have made it do. */
export class Conduct {
  private readonly requests: string[] = [];
  private readonly navigations: string[] = [];
  private readonly dialogs: string[] = [];
  private readonly heardBefore: number;

  /** From now on: what the page did to become what it is was its own. */
  constructor(
    private readonly page: Page,
    private readonly canary: Canary,
  ) {
    this.heardBefore = canary.requests.length;
    page.on('request', (request) => {
      if (request.url().includes(canary.host)) this.requests.push(request.url());
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.navigations.push(frame.url());
    });
    page.on('popup', (popup) => this.navigations.push(`a new page ${popup.url()}`));
    page.on('dialog', (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  /** What is wrong by now; the elements are those that are there at this moment. */
  async judge(suspicion: Suspicion): Promise<ReadonlyMap<Question, string>> {
    const { hasRun, foreign } = await takeCensus(this.page, suspicion);
    const heard = this.canary.requests.slice(this.heardBefore);
    return findWrong({
      scripts: [...(hasRun ? ['a payload ran'] : []), ...this.dialogs],
      requests: [...this.requests, ...heard],
      navigations: this.navigations,
      elements: foreign,
    });
  }
}

/** The questions that have findings, each with the first few. */
export function findWrong(
  findings: Readonly<Partial<Record<Question, readonly string[]>>>,
): ReadonlyMap<Question, string> {
  const wrong = new Map<Question, string>();
  for (const question of questions) {
    const found = findings[question] ?? [];
    if (found.length > 0) wrong.set(question, `${found.length}: ${found.slice(0, 4).join(', ')}`);
  }
  return wrong;
}
