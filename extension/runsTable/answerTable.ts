import type { Channel } from '../../webviews/protocol/channel';
import * as protocol from '../../webviews/protocol/runsTable';
import { readSearchText } from '../tracking/filter/composeFilter';
import { completeFilter } from './completeFilter';
import { filterDataOf } from './filterData';
import type { TableModel } from './tableModel';

/** What a view's questions about a table are answered from. */
export interface AnswerSource {
  /** Throws where there is no table. */
  readonly model: () => TableModel;
  /** Of the rows, as the view knows it. */
  readonly version: () => number;
  /** What was searched for before. */
  readonly recent: () => readonly string[];
  /** Other rows may be in sight. */
  readonly onRows: () => void;
}

const mostRows = 500;
const mostColumns = 300;
const mostTrends = 100;
const mostPixels = 2000;

/** Answers what the view asks about rows, columns and filters. What it asks too much of is cut to what the protocol allows. */
export function answerTable(channel: Channel, { model, version, recent, onRows }: AnswerSource): void {
  channel.handle(protocol.loadColumns, () => model().columns());
  channel.handle(protocol.loadAllColumns, () => model().allColumns());
  channel.handle(protocol.loadFacets, () => model().facets());
  channel.handle(protocol.loadRows, ({ from, to, columns }) => {
    const first = toIndex(from);
    const rows = model().rows(first, clamp(to, first, first + mostRows), columns.slice(0, mostColumns));
    onRows();
    return { version: version(), rows };
  });
  channel.handle(protocol.loadRunIds, ({ from, to }) => model().runIds(toIndex(from), toIndex(to)));
  channel.handle(protocol.findRow, ({ prefix, from }) => model().findRow(prefix, toIndex(from)));
  channel.handle(protocol.loadTrends, ({ metric, runIds, pixels }, signal) => {
    const query = { metric, runIds: runIds.slice(0, mostTrends), pixels: clamp(pixels, 1, mostPixels) };
    return model().trends(query, signal);
  });
  channel.handle(protocol.checkFilter, ({ text }) => checkFilter(text));
  channel.handle(protocol.completeFilter, ({ text, offset }) =>
    completeFilter(text, offset, filterDataOf(model(), recent())),
  );
}

function checkFilter(text: string): protocol.FilterCheck {
  const read = readSearchText(text);
  if (read.kind !== 'invalid') return { kind: read.kind };
  const { message, offset, length } = read.error;
  return { kind: 'invalid', message, offset, length };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.trunc(value)));
}

function toIndex(value: number): number {
  return clamp(value, 0, Number.MAX_SAFE_INTEGER);
}
