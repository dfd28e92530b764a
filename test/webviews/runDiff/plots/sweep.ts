import type { RunDiff } from '../../../../webviews/protocol/runDiff';
import { diffOf, sourceOf } from '../diffs';

export interface Tried {
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A comparison of runs with these parameters and metrics. */
export function diffOfTried(tried: readonly Tried[]): RunDiff {
  return diffOf(
    tried.map(({ params, metrics, tags = {} }, index) =>
      sourceOf({
        ...{ id: `r${index}`, name: `trial ${index}` },
        params: new Map(Object.entries(params)),
        tags: new Map(Object.entries(tags)),
        metrics: new Map(
          Object.entries(metrics).map(([key, value]) => [key, { value, step: 1, timestamp: 1 }]),
        ),
      }),
    ),
  );
}

/** Runs of a search over a few parameters; the last one's loss is NaN. */
export function sweep(count: number): RunDiff {
  return diffOfTried(
    Array.from({ length: count }, (_, index) => ({
      params: {
        ...{ batch: '32', lr: ['0.1', '0.01', '0.001'][index % 3] ?? '', depth: String(2 + index) },
        optimizer: index % 2 === 0 ? 'adam' : 'sgd',
      },
      metrics: { accuracy: 0.6 + index / 40, loss: index === count - 1 ? NaN : 0.9 - index / 25 },
      tags: { team: index < count / 2 ? 'red' : 'blue' },
    })),
  );
}
