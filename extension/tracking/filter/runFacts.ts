import type { DatasetInput } from '../model';
import type { RunAttribute } from './runFilter';

/** What a filter or an order asks of a run. Asked one by one, since a store may have to read a file for each. */
export interface RunFacts {
  /** The latest value, which may be NaN; undefined if the run has no such metric. */
  metric(key: string): number | undefined;
  param(key: string): string | undefined;
  tag(key: string): string | undefined;
  /** A number for the times, in milliseconds since the epoch; undefined where the run has none, such as an end. */
  attribute(key: RunAttribute): string | number | undefined;
  datasets(): readonly Pick<DatasetInput, 'name' | 'digest' | 'context'>[];
}
