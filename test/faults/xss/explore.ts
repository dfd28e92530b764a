import type { Page } from 'playwright-core';

/** What somebody does who tries everything that a view offers. */
export interface Exploring {
  /** Typed into each field. */
  readonly typed: string;
  /** Decides the order. */
  readonly seed: number;
  /** So many controls that look alike are tried; of those to choose from, all. */
  readonly alike: number;
}

/**
 * Points at, focuses and clicks all that takes it, what appears by that too; chooses each choice, and types into each field at
 * last. Answers the names of the sinks that were in the page at some time, between `⟦` and `⟧`.
 */
export async function explore(page: Page, exploring: Exploring): Promise<readonly string[]> {
  return await page.evaluate(tryEverything, exploring);
}

/** The names of the sinks that are in the page now. */
export async function listSinks(page: Page): Promise<readonly string[]> {
  return [...(await page.content()).matchAll(/⟦([^⟧]*)⟧/g)].map(([, sink = '']) => sink);
}

/** Runs in the page. */
async function tryEverything({ typed, seed, alike }: Exploring): Promise<string[]> {
  const controls = 'button, summary, canvas, [role], [tabindex], select, h2, .row, .plot';
  const tried = new WeakSet<Element>();
  const timesTried = new Map<string, number>();
  const seen = new Set<string>();
  let state = seed;

  const look = () => {
    const text = new XMLSerializer().serializeToString(document);
    for (const [, sink] of text.matchAll(/⟦([^⟧]*)⟧/g)) if (sink !== undefined) seen.add(sink);
  };
  const settle = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const looksOf = (node: Element) => `${node.tagName} ${node.className} ${node.getAttribute('role') ?? ''}`;
  const isUntried = (node: Element) => {
    const isRare = node instanceof HTMLSelectElement || (timesTried.get(looksOf(node)) ?? 0) < alike;
    return isRare && !tried.has(node) && node.getClientRects().length > 0;
  };
  const take = (nodes: readonly Element[]) => {
    state = (state * 48271) % 2147483647;
    return nodes[state % nodes.length];
  };

  const use = async (node: Element) => {
    tried.add(node);
    timesTried.set(looksOf(node), (timesTried.get(looksOf(node)) ?? 0) + 1);
    const { left, top, width, height } = node.getBoundingClientRect();
    const place = { bubbles: true, composed: true, clientX: left + width / 2, clientY: top + height / 2 };
    for (const type of [
      'pointerover',
      'pointerenter',
      'pointermove',
      'mouseover',
      'mouseenter',
      'mousemove',
    ]) {
      node.dispatchEvent(
        type.startsWith('pointer') ? new PointerEvent(type, place) : new MouseEvent(type, place),
      );
    }
    if (node instanceof HTMLElement) node.focus();
    await settle();
    look();
    if (node instanceof HTMLSelectElement) await choose(node);
    else node.dispatchEvent(new MouseEvent('click', { ...place, cancelable: true }));
    await settle();
    look();
  };
  const choose = async (select: HTMLSelectElement) => {
    for (let index = select.options.length - 1; index >= 0; index--) {
      select.selectedIndex = index;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
      look();
    }
  };
  const type = async (input: HTMLInputElement, text: string) => {
    input.value = text;
    for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }));
    await settle();
    await settle();
    look();
  };

  look();
  for (;;) {
    const untried = [...document.querySelectorAll(controls)].filter(isUntried);
    // A menu closes soon, and what is folded away meanwhile would not show what was chosen.
    const urgent = untried.filter((node) => node.matches('[role=menu] *, dialog *, select'));
    const next = take(urgent.length > 0 ? urgent : untried);
    if (!next) break;
    await use(next);
  }
  for (const input of document.querySelectorAll<HTMLInputElement>(
    'input:not([type=checkbox], [type=range])',
  )) {
    await type(input, typed);
    await type(input, '');
  }
  // What was asked for at last comes a little later.
  for (let frame = 0; frame < 10; frame++) {
    await settle();
    look();
  }
  return [...seen];
}
