import { diffArtifacts } from '../../../extension/runDiff/diffArtifacts';
import { diffRuns, type RunSource } from '../../../extension/runDiff/diffRuns';
import type { Run } from '../../../extension/tracking/model';
import type { ArtifactDiff, RunDiff } from '../../../webviews/protocol/runDiff';
import { aRun } from '../../extension/runSummary/runs';
import { payloads } from '../support/hostileTexts';

/** Comparisons as the extension makes them, for the tests of the view. */

const point = (value: number) => ({ value, step: 1, timestamp: 1_700_000_000_000 });
const directionOf = (metric: string) => (metric.includes('loss') ? ('lower' as const) : ('higher' as const));

export function sourceOf(run: Partial<Run>): RunSource {
  return { kind: 'run', run: aRun(run), experimentName: 'digits', models: [] };
}

export function diffOf(sources: readonly RunSource[], baseline = 0): RunDiff {
  return diffRuns(sources, { baseline, directionOf });
}

const prompt = (word: string) => `You are a ${word} assistant. `.repeat(400).slice(0, 6000);

/** An ordinary run, and others that differ from it a little. */
export function ordinarySource(index: number): RunSource {
  const params = {
    ...{ epochs: index === 0 ? '100' : '100.0', lr: index === 0 ? '0.1' : `0.0${index}`, model: 'resnet50' },
    ...{ city: index === 0 ? 'new york' : 'newyork', optimizer: `{'name': 'adam', 'decay': ${index}}` },
    ...{ prompt: prompt(index === 0 ? 'kind' : 'curt'), seed: '42', note: index === 0 ? '' : 'tried' },
    ...(index === 0 ? { 'only first': 'yes' } : {}),
  };
  const metrics = { loss: 0.5 - index / 10, accuracy: 0.9 - index / 10, 'no number': NaN };
  return sourceOf({
    id: `r${index}`,
    name: `run ${index}`,
    params: new Map(Object.entries(params)),
    metrics: new Map(Object.entries(metrics).map(([key, value]) => [key, point(value)])),
    tags: new Map([['mlflow.source.git.commit', `c0ffee${index}`]]),
  });
}

export function ordinaryDiff(runs = 2, baseline = 0): RunDiff {
  return diffOf(
    Array.from({ length: runs }, (_, index) => ordinarySource(index)),
    baseline,
  );
}

/** Two runs with so many parameters, of which every tenth differs. */
export function largeDiff(count: number): RunDiff {
  const sources = [0, 1].map((run) => {
    const params = Array.from({ length: count }, (_, index) => {
      const value = index % 10 === 0 ? `value ${index} of ${run}` : `value ${index}`;
      return [`layer_${index}.config`, value] as const;
    });
    return sourceOf({ id: `r${run}`, name: `run ${run}`, params: new Map(params) });
  });
  return diffOf(sources);
}

/** Runs whose every text is hostile. */
export function hostileDiff(): RunDiff {
  const all = payloads.join(' ');
  const texts = (end: string) =>
    new Map(payloads.map((text, index) => [`${text} ${index}`, `${text}${end}`]));
  const source = (index: number): RunSource => ({
    kind: 'run',
    run: aRun({
      id: `r${index}`,
      name: all.slice(0, 3000),
      params: texts(String(index)),
      tags: texts(String(index)),
      metrics: new Map(payloads.map((text) => [text, point(index)])),
      datasets: payloads.map((text) => ({
        ...{ name: text, digest: `${text}${index}`, sourceType: text, context: text },
        ...{ source: JSON.stringify({ [text]: text }), schema: text, profile: undefined },
      })),
      problem: all,
    }),
    experimentName: all,
    models: [],
  });
  const gone: RunSource = { kind: 'unknown', id: 'r2', name: all, cause: all };
  return diffOf([source(0), source(1), gone]);
}

const file = (path: string, size: number) => ({ path, isDirectory: false, size });
const folder = (path: string) => ({ path, isDirectory: true, size: undefined });

/** The artifacts of two runs; the folder `broken` cannot be read. */
export const someFolders: Readonly<Record<string, ArtifactDiff>> = {
  '': diffArtifacts([
    [folder('model'), folder('broken'), file('log.txt', 10), file('same.txt', 7)],
    [folder('model'), folder('broken'), file('log.txt', 2048), file('same.txt', 7)],
  ]),
  model: diffArtifacts([[file('model/MLmodel', 812)], [file('model/MLmodel', 813)]]),
};
