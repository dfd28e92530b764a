import type { Experiment, Page, Run } from '../../../extension/tracking/model';
import type { TrackingStore } from '../../../extension/tracking/store';
import type { CallResult } from '../acted';
import type { StoreIds } from './baseStores';

/** One call of a store's method; the signal is added by the probe. */
export interface Question {
  readonly name: string;
  readonly method: Exclude<keyof TrackingStore, 'dispose' | 'watch'>;
  readonly args: readonly unknown[];
}

/** The results by the names of the questions. */
export type Answers = ReadonlyMap<string, CallResult>;

export const connecting: Question = { name: 'connect', method: 'connect', args: [] };

const all = { view: 'all', pageSize: 1000 } as const;

/** All that is asked of a base store. */
export function listQuestions({ trees, ferns, runs, fernRun }: StoreIds): readonly Question[] {
  const listing = (id: string): Question => ({
    name: `runs ${id}`,
    method: 'searchRuns',
    args: [{ ...all, experimentIds: [id] }],
  });
  const aboutRun = (id: string): readonly Question[] => [
    { name: `run ${id}`, method: 'getRun', args: [id] },
    { name: `history ${id}`, method: 'getMetricHistory', args: [id, 'loss'] },
  ];
  return [
    { name: 'experiments', method: 'searchExperiments', args: [all] },
    listing(trees),
    listing(ferns),
    ...[...runs, fernRun].flatMap(aboutRun),
    { name: 'models', method: 'searchRegisteredModels', args: [{ pageSize: 100 }] },
    { name: 'versions', method: 'searchModelVersions', args: [{ name: 'forest', pageSize: 100 }] },
  ];
}

/** The runs that the listing of an experiment shows; none if it failed. */
export function runsIn(answers: Answers, experimentId: string): readonly Run[] {
  return itemsOf(answers.get(`runs ${experimentId}`)) as readonly Run[];
}

export function experimentsIn(answers: Answers): readonly Experiment[] {
  return itemsOf(answers.get('experiments')) as readonly Experiment[];
}

/** What is on the page that was answered; nothing if that failed. */
export function itemsOf(result: CallResult | undefined): readonly object[] {
  return result?.ok === true ? (result.value as Page<object>).items : [];
}
