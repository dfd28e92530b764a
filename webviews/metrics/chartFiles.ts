import type { FileExport, XAxis } from '../protocol/metrics';
import type { DrawnLine } from './picture';
import type { Plot } from './plot/plot';
import { fileNameOf, toSeenCsv } from './seenCsv';

/** A chart's picture, or its points, as a file. */
export async function makeFile(
  type: FileExport['type'],
  metric: string,
  plot: Plot,
  x: XAxis,
  drawn: readonly DrawnLine[],
): Promise<FileExport> {
  return { name: fileNameOf(metric), type, bytes: await bytesOf() };

  function bytesOf(): Uint8Array | Promise<Uint8Array> {
    switch (type) {
      case 'png':
        return plot.toPng();
      case 'svg':
        return new TextEncoder().encode(plot.toSvg());
      case 'csv':
        return new TextEncoder().encode(toSeenCsv(metric, x, drawn));
    }
  }
}
