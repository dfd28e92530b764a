import type { Frame, Page } from 'playwright-core';
import type { NodeInspector, NodeMemory } from '../../support/nodeInspector';
import {
  memoryOf,
  restingFrames,
  scroll,
  type PageMemory,
  type Scroll,
  type Scrolled,
} from '../../support/pageProbes';
import { median } from '../result';

/** What a table is made of, by which all sides find their way in it. */
export interface TableShape {
  readonly name: string;
  readonly runs: number;
  readonly columns: { readonly params: number; readonly metrics: number; readonly tags: number };
}

export interface Memory {
  readonly page: PageMemory;
  /** Of the extension host, where there is one. */
  readonly host?: NodeMemory;
}

/** One opening of a table. */
export interface TableSample {
  /** From the key or the address to its first row in sight, in ms. */
  readonly firstRows: number;
  readonly scrolling?: ScrollSample;
}

export interface ScrollSample {
  /** Of the page before anything moves. */
  readonly resting: readonly number[];
  readonly down: Scrolled;
  readonly across: Scrolled | undefined;
  /** Rows and columns that it said it had in the end, and how many heads of columns were drawn: MLflow counts hidden ones too. */
  readonly extent: readonly [rows: number, columns: number, heads: number];
  /** After the first screen, after a tenth of the way and at the end. */
  readonly memory: readonly [opened: Memory, tenth: Memory, end: Memory];
}

export interface Scrollable {
  readonly page: Page;
  readonly frame: Frame | Page;
  readonly host?: NodeInspector;
  readonly way: Omit<Scroll, 'part' | 'axis' | 'patience'>;
  /** The box that scrolls across, if there is anything to scroll to. */
  readonly across?: string;
  /** Has the numbers of its rows and columns, or is an HTML table. */
  readonly grid: string;
}

/** How long a scroll to the end may take, in ms: MLflow's would go on for an hour. */
const patience = 30_000;

/** Scrolls a tenth of the way, to the end and to the last column; measures frames and memory on the way. */
export async function takeScroll({
  page,
  frame,
  host,
  way,
  across,
  grid,
}: Scrollable): Promise<ScrollSample> {
  const remember = async (): Promise<Memory> => {
    const memory = await memoryOf(page);
    return host ? { page: memory, host: await host.memory() } : { page: memory };
  };
  const resting = await restingFrames(frame);
  const opened = await remember();
  const { rowHead, scroller } = way;
  const anyRow = { rowHead, scroller, axis: 'y', patience } as const;
  const begun = await scroll(frame, { ...anyRow, part: 0.1 });
  const tenth = await remember();
  const rest = await scroll(frame, { ...way, axis: 'y', part: 1, patience });
  const end = await remember();
  const down = { frames: [...begun.frames, ...rest.frames], hasArrived: rest.hasArrived };
  const aside =
    across === undefined
      ? undefined
      : await scroll(frame, { ...anyRow, scroller: across, axis: 'x', part: 1 });
  return {
    resting,
    down,
    across: aside,
    extent: await extentOf(frame, grid),
    memory: [opened, tenth, end],
  };
}

async function extentOf(frame: Frame | Page, grid: string): Promise<ScrollSample['extent']> {
  return await frame.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (element instanceof HTMLTableElement) {
      const columns = element.rows[0]?.cells.length ?? 0;
      return [element.rows.length, columns, columns] as const;
    }
    const count = (name: string): number => Number(element?.getAttribute(name) ?? NaN);
    const heads = element?.querySelectorAll('[role="columnheader"]').length ?? 0;
    return [count('aria-rowcount'), count('aria-colcount'), heads] as const;
  }, grid);
}

/** In ms. */
export function longest(frames: readonly number[]): number {
  return Math.max(0, ...frames);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** All that was measured, as lines for the terminal. */
export function describeSample(name: string, { firstRows, scrolling }: TableSample): string {
  const lines = scrolling ? describeScroll(scrolling) : [];
  return [`${name}: first rows ${firstRows.toFixed(0)} ms`, ...lines].join('\n    ');
}

function describeScroll({ resting, down, across, extent, memory }: ScrollSample): readonly string[] {
  const [opened, tenth, end] = memory;
  const along = (of: (one: Memory) => number | undefined): string =>
    [opened, tenth, end].map((one) => megabytes(of(one) ?? NaN)).join(', ');
  return [
    `${extent[0]} rows × ${extent[1]} columns, ${extent[2]} of their heads drawn${down.hasArrived ? '' : ' (gave up before the last row)'}`,
    `frames at rest: ${describeFrames(resting)}`,
    `frames down: ${describeFrames(down.frames)}`,
    ...(across ? [`frames across: ${describeFrames(across.frames)}`] : []),
    `heap of the page after the first screen, a tenth, the end: ${along(({ page }) => page.script)}`,
    `its elements: ${along(({ page }) => page.dom)}`,
    ...(opened.host
      ? [
          `heap of the extension host: ${along(({ host }) => host?.heap)}`,
          `its whole process: ${along(({ host }) => host?.process)}`,
        ]
      : []),
  ];
}

/** Median, p95 and longest, and how many a person may notice. */
export function describeFrames(frames: readonly number[]): string {
  const sorted = [...frames].sort((a, b) => a - b);
  const p95 = sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN;
  const late = frames.filter((ms) => ms > 50).length;
  const figures = [median(frames), p95, longest(frames)].map((ms) => ms.toFixed(0));
  return `${figures.join(' / ')} ms (median / p95 / longest), ${late} of ${frames.length} over 50 ms`;
}
