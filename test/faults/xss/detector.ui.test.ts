import { equal, ok } from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../support/browser';
import { until } from '../../support/until';
import { aimPayloads, marksOf, startCanary, type Canary } from './canary';
import { Conduct, type Question } from './conduct';

/** A judge that finds nothing anywhere is worth nothing: here are pages that take payloads for more than text. */
describe('The judge of markup', () => {
  let canary: Canary;
  let browser: Browser;
  let page: Page;
  let conduct: Conduct;

  before(async () => {
    [canary, browser] = await Promise.all([startCanary(), openBrowser()]);
  });
  after(async () => {
    await browser.close();
    await canary.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    conduct = new Conduct(page, canary);
  });
  afterEach(() => page.close());

  const judge = () => conduct.judge({ elements: 'img, a', marks: marksOf(canary) });
  const payload = (wanted: string) => aimPayloads(canary).find(({ name }) => name === wanted)?.text ?? '';
  const finds = (question: Question) => until(question, async () => (await judge()).get(question));

  const careless: readonly (readonly [payload: string, question: Question])[] = [
    ['script element', 'scripts'],
    ['picture that fails', 'scripts'],
    ['SVG that loads', 'scripts'],
    ['frame with a document', 'scripts'],
    ['details that open', 'scripts'],
    ['picture', 'requests'],
    ['style sheet', 'requests'],
    ['style element', 'requests'],
    ['style attribute', 'requests'],
    ['frame elsewhere', 'requests'],
    ['object', 'requests'],
    ['meta refresh', 'navigations'],
    ['javascript: link', 'elements'],
    ['data: link', 'elements'],
    ['form', 'elements'],
    ['button with an action', 'elements'],
    ['base', 'elements'],
    ['a hundred kilobytes', 'elements'],
  ];
  for (const [name, question] of careless) {
    it(`finds “${name}” by its ${question}`, async () => {
      await page.setContent(payload(name), { waitUntil: 'commit' });
      await finds(question);
    });
  }

  it('finds a dialog, a new page, and a link that runs a command', async () => {
    await page.setContent('<a data-href="command:workbench.action.quit">x</a>');
    ok((await judge()).has('elements'));
    await page.evaluate(() => {
      alert('x');
      open('about:blank');
    });
    await finds('scripts');
    await finds('navigations');
  });

  it('finds nothing where all payloads are text', async () => {
    await page.goto('about:blank');
    const quiet = new Conduct(page, canary);
    await page.evaluate(
      (texts) => {
        document.body.append(...texts);
        document.body.title = texts.join(' ');
      },
      aimPayloads(canary).map(({ text }) => text),
    );
    equal((await quiet.judge({ elements: 'img, a', marks: marksOf(canary) })).size, 0);
  });
});
