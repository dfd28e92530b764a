import { makeCurves, type CurveSet } from './data';
import { engines, type Engine, type EngineName } from './engines';

/** The page in which one engine draws, driven from outside through `bench`. */

let set: CurveSet = { curves: [], spikes: [] };
let engine: Engine | undefined;

/** Until what was drawn can be seen: two frames, and a look at the pixels, which the browser else draws when it likes. */
async function untilPainted(): Promise<void> {
  for (const canvas of document.querySelectorAll('canvas')) {
    canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
  }
  await nextFrame();
  await nextFrame();
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

async function clock(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  await untilPainted();
  return performance.now() - start;
}

const bench = {
  prepare(curves: number, points: number, spikes: number): void {
    set = makeCurves(curves, points, spikes);
  },

  /** Milliseconds until all curves can be seen. */
  async paint(name: EngineName): Promise<number> {
    const box = document.getElementById('box');
    if (!box) throw new Error('The page has no box.');
    const made: Engine = engines[name]();
    engine = made;
    return await clock(() => made.paint(set.curves, box));
  },

  /** Milliseconds until that part of x, from 0 to 1, can be seen. */
  async zoom(from: number, to: number): Promise<number> {
    const last = set.curves[0]?.x.at(-1) ?? 0;
    return await clock(() => engine?.zoom(from * last, to * last));
  },

  /** Frames that were missed while a tenth of x moved by a hundredth of itself a frame. */
  async pan(frames: number): Promise<number> {
    const last = set.curves[0]?.x.at(-1) ?? 0;
    let dropped = 0;
    let before = await nextFrame();
    for (let frame = 0; frame < frames; frame++) {
      const from = (0.3 + frame * 0.001) * last;
      await engine?.zoom(from, from + 0.1 * last);
      const now = await nextFrame();
      dropped += Math.max(0, Math.round((now - before) / (1000 / 60)) - 1);
      before = now;
    }
    return dropped;
  },

  countSpikes(): number | undefined {
    return engine?.countSpikes?.();
  },
};

export type BenchPage = typeof bench;

Object.assign(globalThis, { bench });
