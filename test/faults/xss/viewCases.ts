import type { Page } from 'playwright-core';
import type { FaultOptions } from '../faultOptions';
import { copyText } from '../../../webviews/protocol/panel';
import { createRandom } from '../random';
import type { Verdict } from '../verdict';
import { ViewBench, type Misdeeds } from '../../webviews/support/viewPage';
import type { Canary, Payload } from './canary';
import { aimPayloads, marksOf } from './canary';
import type { Suspicion } from './census';
import { Conduct, findWrong, type Question } from './conduct';
import { explore, listSinks } from './explore';
import type { HostileView, TextFor } from './hostileView';
import { hostileImageGrid } from './imageGridView';
import { hostileMetrics } from './metricsView';
import { hostileModelPreview } from './modelPreviewView';
import { hostileRunDiff } from './runDiffView';
import { hostileRunSummary } from './runSummaryView';
import { hostileRunsTable } from './runsTableView';

/** All webviews there are. A new one is an entry here: its folder, and what fills its places with a stranger's texts. */
export const hostileViews: readonly HostileView[] = [
  hostileRunSummary,
  hostileRunDiff,
  hostileMetrics,
  hostileRunsTable,
  hostileModelPreview,
  hostileImageGrid,
];

/** Elements that no view makes: had a text become one of these, it would be a stranger's. */
const foreign =
  'script:not([nonce]), img, picture, iframe, frame, object, embed, svg:not(.sparkline), math, video, audio, source, base, a, area, form, style, textarea, template, marquee, meta[http-equiv=refresh], link ~ link, [onload], [onerror], [onfocus], [srcdoc], [formaction], [ping]';

/** A page filled with texts; its name says with which. */
export interface ViewCase {
  readonly name: string;
  readonly textFor: TextFor;
  readonly typed: string;
}

/** First a page that shows what reaches the screen at all; then each payload in all places, or, in short, a mixture of all. */
export function listViewCases(
  payloads: readonly Payload[],
  { isShort, seed }: Pick<FaultOptions, 'isShort' | 'seed'>,
): readonly ViewCase[] {
  if (!isShort) return [namesOfSinks, ...payloads.map(toCase)];
  return [namesOfSinks, mix(payloads, seed)];
}

/** The name between these brackets is looked for in the page (explore). */
const namesOfSinks: ViewCase = {
  name: 'the names of all places',
  textFor: (sink) => `⟦${sink}⟧`,
  typed: 'no such thing',
};

function toCase({ name, text }: Payload): ViewCase {
  return { name, textFor: () => text, typed: text.slice(0, 2000) };
}

/** Each place has a payload of its own. */
function mix(payloads: readonly Payload[], seed: number): ViewCase {
  const random = createRandom(seed);
  const chosen = new Map<string, string>();
  const textFor = (sink: string): string => {
    const text = chosen.get(sink) ?? payloads[random.below(payloads.length)]?.text ?? '';
    chosen.set(sink, text);
    return text;
  };
  return { name: 'all payloads, mixed', textFor, typed: textFor('typed').slice(0, 2000) };
}

/** Opens a view once for each case, tries all that it offers, and judges what becomes of the page. */
export async function* attackView(
  view: HostileView,
  canary: Canary,
  options: FaultOptions,
): AsyncGenerator<Verdict<Question>> {
  const cases = listViewCases(aimPayloads(canary), options).filter(({ name }) =>
    options.only.test(`${view.name} ${name}`),
  );
  if (cases.length === 0) return;
  const bench = await ViewBench.start(view.name);
  const suspicion = { elements: foreign, marks: marksOf(canary) };
  try {
    for (const one of cases) yield await attack(one, { view, bench, canary, suspicion, seed: options.seed });
  } finally {
    await bench.stop();
  }
}

interface Scene {
  readonly view: HostileView;
  readonly bench: ViewBench;
  readonly canary: Canary;
  readonly suspicion: Suspicion;
  readonly seed: number;
}

async function attack(one: ViewCase, scene: Scene): Promise<Verdict<Question>> {
  const { view, bench, canary, suspicion, seed } = scene;
  const start = performance.now();
  const opened = await bench.open({ size: { width: 1200, height: 2400 } });
  const { page, channel, misdeeds } = opened;
  const asked = new Set<string>();
  const textFor = (sink: string) => {
    asked.add(sink);
    return one.textFor(sink);
  };
  try {
    channel.handle(copyText, () => null);
    view.serve(channel, textFor);
    await opened.load();
    await page.locator(view.drawn).first().waitFor();
    const conduct = new Conduct(page, canary);
    const seen = new Set<string>();
    const see = (sinks: Iterable<string>) => {
      for (const sink of sinks) seen.add(sink);
    };
    await view.visit?.(page, async () => {
      see(await listSinks(page));
    });
    const alike = one === namesOfSinks ? 5 : 2;
    see(await explore(page, { typed: one.typed, seed, alike }));
    const amid = await conduct.judge(suspicion);
    const shown = await showFailure(page, () => view.fail(channel, textFor));
    const missing = one === namesOfSinks ? listMissing(view, asked, seen, shown) : [];
    const wrong = new Map([...findMisdeeds(misdeeds, missing), ...amid, ...(await conduct.judge(suspicion))]);
    const outcome = `${asked.size} places`;
    return { group: view.name, name: one.name, wrong, ms: performance.now() - start, outcome, block: 0 };
  } finally {
    await page.context().close();
  }
}

async function showFailure(page: Page, fail: () => void): Promise<string> {
  fail();
  const failure = page.locator('.failure');
  await failure.waitFor();
  return await failure.innerText();
}

function listMissing(
  view: HostileView,
  asked: ReadonlySet<string>,
  seen: ReadonlySet<string>,
  failure: string,
): readonly string[] {
  const isShown = (sink: string) => seen.has(sink) || failure.includes(sink) || view.undrawn?.includes(sink);
  return [...asked].filter((sink) => !isShown(sink));
}

/** What the bench saw since before the view was loaded. */
function findMisdeeds(misdeeds: Misdeeds, missing: readonly string[]): ReadonlyMap<Question, string> {
  return findWrong({
    scripts: Array.from({ length: misdeeds.dialogs }, () => 'a dialog'),
    requests: misdeeds.requests,
    navigations: Array.from({ length: misdeeds.navigations }, () => 'away'),
    quiet: misdeeds.complaints,
    shown: missing,
  });
}
