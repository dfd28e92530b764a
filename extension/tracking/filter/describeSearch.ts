import { readSearchText, type RunSearch } from './composeFilter';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * What a search asks for, short enough for a row: `metrics.rmse < 1 · by metrics.rmse DESC · last 24 hours`. Empty if it
 * asks for nothing.
 *
 * @param now Milliseconds since the epoch, to which `startedAfter` is told relatively.
 */
export function describeSearch(search: RunSearch, now: number): string {
  return [
    ...describeText(search.text),
    ...(search.status ? [search.status.is.toLowerCase()] : []),
    ...(search.orderBy.length > 0 ? [`by ${search.orderBy.join(', ')}`] : []),
    ...describeTimes(search, now),
  ].join(' · ');
}

function describeText(text: string): readonly string[] {
  const meaning = readSearchText(text);
  if (meaning.kind === 'none') return [];
  return [meaning.kind === 'name' ? `name contains “${meaning.text}”` : text.trim()];
}

function describeTimes({ startedAfter, startedBefore }: RunSearch, now: number): readonly string[] {
  if (startedAfter === undefined && startedBefore === undefined) return [];
  if (startedBefore === undefined) return [`last ${describeDuration(now - (startedAfter ?? now))}`];
  const before = `before ${describeMoment(startedBefore)}`;
  return [startedAfter === undefined ? before : `after ${describeMoment(startedAfter)}, ${before}`];
}

/** In hours up to two days, then in days; at least one hour. */
function describeDuration(milliseconds: number): string {
  if (milliseconds > 2 * day) return `${Math.round(milliseconds / day)} days`;
  const hours = Math.max(1, Math.round(milliseconds / hour));
  return hours === 1 ? 'hour' : `${hours} hours`;
}

/** In UTC, as a day or to the minute. */
function describeMoment(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
