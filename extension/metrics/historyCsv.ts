import type { MetricHistory } from '../tracking/model';
import { escapeCsv } from '../ui/escapeText';

export const csvHeader = 'run_id,run_name,metric,step,timestamp_iso,value\r\n';

export interface NamedHistory {
  readonly runId: string;
  readonly runName: string;
  readonly metric: string;
  readonly history: MetricHistory;
}

/** Points in a piece of text: some megabytes at most. */
const pointsPerPiece = 20_000;

/** Every point of a metric of a run in the order of the store, a line each as RFC 4180 has it, in pieces. */
export function* csvPieces({ runId, runName, metric, history }: NamedHistory): Generator<string> {
  const start = [runId, runName, metric].map(escapeCsv).join(',');
  const { values, steps, timestamps } = history;
  for (let from = 0; from < values.length; from += pointsPerPiece) {
    let piece = '';
    const until = Math.min(values.length, from + pointsPerPiece);
    for (let index = from; index < until; index++) {
      const time = toIso(timestamps[index] ?? NaN);
      piece += `${start},${String(steps[index])},${time},${String(values[index])}\r\n`;
    }
    yield piece;
  }
}

/** Empty where no calendar has the time. */
function toIso(timestamp: number): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
