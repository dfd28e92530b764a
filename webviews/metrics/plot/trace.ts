import type { Points } from '../../protocol/metrics';
import type { AxisMap } from './axisMap';

/** What a line is drawn into: a canvas, or the path of an SVG. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * Long paths are stroked in pieces of this many points: a rasteriser in software takes more than twice as long for a path of
 * twice as many.
 */
const pointsPerPiece = 256;

/** The farthest a point may lie outside the picture, in pixels: canvases lose precision far out. */
const farthest = 1e5;

/** Runs through the points; `flush` is called between pieces, which overlap in one point, and at the end. */
export function traceLine(
  { x, y }: Points,
  xMap: AxisMap,
  yMap: AxisMap,
  sink: PathSink,
  flush: () => void,
): void {
  const count = x.length;
  for (let index = 0; index < count; index++) {
    const px = xMap.scale * (xMap.isLog ? Math.log10(x[index] ?? 0) : (x[index] ?? 0)) + xMap.offset;
    const py = clip(yMap.scale * (yMap.isLog ? Math.log10(y[index] ?? 0) : (y[index] ?? 0)) + yMap.offset);
    if (index === 0) sink.moveTo(px, py);
    else sink.lineTo(px, py);
    if (index % pointsPerPiece === pointsPerPiece - 1 && index + 1 < count) {
      flush();
      sink.moveTo(px, py);
    }
  }
  flush();
}

/** The outline of what lies between two lines over the same x. */
export function traceBand(
  { x, y, high }: Points & { readonly high: Float64Array },
  xMap: AxisMap,
  yMap: AxisMap,
  sink: PathSink,
): void {
  const count = x.length;
  for (let turn = 0; turn < 2 * count; turn++) {
    const index = turn < count ? turn : 2 * count - 1 - turn;
    const value = (turn < count ? high : y)[index] ?? 0;
    const px = xMap.scale * (xMap.isLog ? Math.log10(x[index] ?? 0) : (x[index] ?? 0)) + xMap.offset;
    const py = clip(yMap.scale * (yMap.isLog ? Math.log10(value) : value) + yMap.offset);
    if (turn === 0) sink.moveTo(px, py);
    else sink.lineTo(px, py);
  }
}

function clip(pixel: number): number {
  return pixel < -farthest ? -farthest : pixel > farthest ? farthest : pixel;
}
