import type { RunStatus } from '../tracking/model';
import type { LifecycleView } from '../tracking/store';

/** Which of an experiment's runs are listed and in what order, as somebody chose it. JSON, since it is remembered. */
export interface RunSearch {
  /** What was typed: a filter in MLflow's grammar, or a part of a run's name. */
  readonly text: string;
  /** What must hold, in MLflow's grammar (reference/REST.md §10): for the text and all else but the times; or `''`. */
  readonly filter: string;
  /** `key [ASC|DESC]` each; newest first where it is empty. */
  readonly orderBy: readonly string[];
  readonly status?: RunStatus | undefined;
  /** Only runs that started within so many milliseconds before now. */
  readonly startedWithin?: number | undefined;
  /** Only deleted runs. */
  readonly isDeleted?: boolean | undefined;
  /** The whole in a few words. */
  readonly label: string;
}

/** What to ask a store for, as of `now` in milliseconds. */
export function toRunQuery(
  { filter, orderBy, startedWithin, isDeleted }: RunSearch,
  view: LifecycleView,
  now: number,
): { readonly filter?: string; readonly orderBy?: readonly string[]; readonly view: LifecycleView } {
  const time = startedWithin === undefined ? [] : [`attributes.start_time >= ${now - startedWithin}`];
  const clauses = [...(filter === '' ? [] : [filter]), ...time];
  return {
    ...(clauses.length === 0 ? {} : { filter: clauses.join(' and ') }),
    ...(orderBy.length === 0 ? {} : { orderBy }),
    view: isDeleted === true ? 'deleted' : view,
  };
}
