import type { Frame, Page } from 'playwright-core';
import { until } from './until';

/** What a person meets in a page, by the page's own clock: when something is in sight, how even the frames are, and the memory. */

/** The element that is waited for: the first of the selector whose whole text is this. */
export interface Sight {
  readonly selector: string;
  readonly text: string;
}

/** In ms since 1970, the same for all frames and pages of a machine. */
interface Marks {
  benchActed?: number;
  benchSeen?: number;
}

/** Notes, in this page and all frames that it will have, when the sight is first seen and when a key or button was last pressed. */
export async function watchFor(page: Page, sight: Sight): Promise<void> {
  await page.addInitScript(noteSight, sight);
  await page.evaluate(noteSight, sight);
}

/**
 * Runs in each frame, and looks into those inside it too: what VS Code writes into the frame of a webview ends all that was begun
 * there. Asks once a frame, and marks the window that shows it.
 */
function noteSight({ selector, text }: Sight): void {
  const now = () => performance.timeOrigin + performance.now();
  for (const event of ['pointerdown', 'keydown']) {
    addEventListener(event, () => ((globalThis as Marks).benchActed = now()), { capture: true });
  }
  const findIn = (root: Document | null) =>
    [...(root?.querySelectorAll(selector) ?? [])].find((element) => element.textContent.trim() === text);
  const look = () => {
    const frames = [...document.querySelectorAll('iframe')].filter((frame) =>
      frame.checkVisibility({ visibilityProperty: true }),
    );
    const seen = [document, ...frames.map(({ contentDocument }) => contentDocument)].find(findIn);
    if (seen?.defaultView) (seen.defaultView as Marks).benchSeen = now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The frame that shows the sight, and when it did: after the last key or button, and after the page's address was called. */
export interface Seen {
  readonly frame: Frame;
  readonly afterAction: number;
  readonly afterNavigation: number;
}

export async function whenSeen(page: Page, deadlineMs: number): Promise<Seen> {
  const { frame, at } = await until('it is seen', () => findSeen(page), deadlineMs);
  const [acted, origin] = await page.evaluate(() => [
    (globalThis as Marks).benchActed ?? NaN,
    performance.timeOrigin,
  ]);
  return { frame, afterAction: at - acted, afterNavigation: at - origin };
}

async function findSeen(page: Page): Promise<{ frame: Frame; at: number } | undefined> {
  for (const frame of page.frames()) {
    // A frame may go away while it is asked: VS Code makes and drops some on the way.
    const at = await frame.evaluate(() => (globalThis as Marks).benchSeen).catch(() => undefined);
    if (at !== undefined) return { frame, at };
  }
  return undefined;
}

export interface Scroll {
  readonly scroller: string;
  readonly axis: 'x' | 'y';
  /** The part of the way; 1 for all of it. */
  readonly part: number;
  /** What has the name of a row. It has arrived when one of these is in sight… */
  readonly rowHead: string;
  /** …which, if this is given, has this text. */
  readonly lastRow?: string;
  /** A button at the end that loads more. */
  readonly more?: string;
  /** In ms: when it gives up. */
  readonly patience: number;
}

export interface Scrolled {
  /** From each frame to the next, in ms. */
  readonly frames: readonly number[];
  readonly hasArrived: boolean;
}

/** All the way in ten seconds at 60 frames a second, as somebody does who drags the scroll bar; but a screenful a frame at least. */
const framesOfWay = 600;

export async function scroll(frame: Frame | Page, options: Scroll): Promise<Scrolled> {
  return await frame.evaluate(scrollInPage, { ...options, framesOfWay });
}

/** Runs in the page. */
function scrollInPage(options: Scroll & { framesOfWay: number }): Promise<Scrolled> {
  const { scroller, axis, part, rowHead, lastRow, more, patience } = options;
  const box = document.querySelector(scroller);
  if (!box) throw new Error(`There is no ${scroller}`);
  // MLflow's compare page has it below what the window shows.
  box.scrollIntoView({ block: 'nearest' });
  const [at, size, whole] =
    axis === 'y'
      ? (['scrollTop', 'clientHeight', 'scrollHeight'] as const)
      : (['scrollLeft', 'clientWidth', 'scrollWidth'] as const);
  const isInSight = (element: Element) => {
    const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    return inner.bottom > Math.max(outer.top, 0) && inner.top < Math.min(outer.bottom, innerHeight);
  };
  const isRowSeen = () =>
    [...document.querySelectorAll(rowHead)].some((head) => {
      const text = head.textContent.trim();
      return (lastRow === undefined ? text !== '' : text === lastRow) && isInSight(head);
    });
  let askedAt = 0;
  const loadMore = () => {
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === more,
    );
    if (!button || askedAt === box[whole]) return;
    askedAt = box[whole];
    button.click();
  };
  return new Promise((resolve) => {
    const frames: number[] = [];
    const start = performance.now();
    let before: number | undefined;
    const move = (now: number) => {
      if (before !== undefined) frames.push(now - before);
      before = now;
      const end = (box[whole] - box[size]) * part;
      const isAtEnd = box[at] >= end - 2;
      const hasArrived = isAtEnd && isRowSeen();
      if (hasArrived || now - start > patience) {
        resolve({ frames, hasArrived });
        return;
      }
      if (isAtEnd && part === 1) loadMore();
      box[at] = Math.min(end, box[at] + Math.max(box[size], box[whole] / options.framesOfWay));
      requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  });
}

/** From each frame to the next of a page in which nothing happens: what the machine itself makes of frames. */
export async function restingFrames(frame: Frame | Page, count = 120): Promise<readonly number[]> {
  return await frame.evaluate(
    (wanted) =>
      new Promise<readonly number[]>((resolve) => {
        const frames: number[] = [];
        let before: number | undefined;
        const tick = (now: number) => {
          if (before !== undefined) frames.push(now - before);
          before = now;
          if (frames.length < wanted) requestAnimationFrame(tick);
          else resolve(frames);
        };
        requestAnimationFrame(tick);
      }),
    count,
  );
}

export interface PageMemory {
  /** Bytes of objects and of typed arrays. */
  readonly script: number;
  /** Bytes of what the page draws: its elements and their boxes. */
  readonly dom: number;
}

/** Of all frames that share the page's process, after what nobody holds was collected. */
export async function memoryOf(page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
    embedderHeapUsedSize?: number;
  };
  await session.detach();
  return {
    script: usage.usedSize + (usage.backingStorageSize ?? 0),
    dom: usage.embedderHeapUsedSize ?? 0,
  };
}
