const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes as people read it: `1.5 KB`; undefined of what is no size. */
export function sizeText(bytes: bigint): string | undefined {
  if (bytes < 0n) return undefined;
  let [size, unit] = [Number(bytes), 0];
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${String(Number(size.toFixed(digits)))} ${units[unit] ?? ''}`;
}

/** When `utc_time_created` was, here and in UTC; undefined of what is no time. */
export function timeText(written: string): string | undefined {
  const [, day, time = '00:00:00', fraction = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(\.\d+)?)?$/.exec(written.trim()) ?? [];
  if (day === undefined) return undefined;
  const date = new Date(`${day}T${time}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  const here = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' }).format(date);
  return `${here}, in UTC \`${date.toISOString()}\``;
}

/** A file's or folder's URI as a path on this machine's disk; undefined of other schemes. */
export function diskPath(uri: string): string | undefined {
  const path = /^file:\/\/(\/.*)$/.exec(uri)?.[1];
  if (path === undefined) return undefined;
  try {
    return decodeURIComponent(path).replace(/^\/([a-z]:)/i, '$1');
  } catch {
    return undefined;
  }
}
