/** Where a run is drawn, in CSS pixels of the plot. */
export interface Mark {
  /** Its place among the runs. */
  readonly run: number;
  /** Lines; one of a single point is a dot. */
  readonly paths: readonly (readonly Point[])[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far from a mark one may point at it, in CSS pixels. */
const reach = 14;

/** The run that is drawn nearest to a point, if it is near. */
export function nearestRun(marks: readonly Mark[], at: Point): number | undefined {
  let [nearest, least]: [number | undefined, number] = [undefined, reach];
  for (const { run, paths } of marks) {
    for (const path of paths) {
      const distance = distanceTo(path, at);
      if (distance < least) [nearest, least] = [run, distance];
    }
  }
  return nearest;
}

function distanceTo(path: readonly Point[], at: Point): number {
  const [first] = path;
  if (!first) return Infinity;
  let least = Math.hypot(at.x - first.x, at.y - first.y);
  for (const [index, end] of path.entries()) {
    const start = path[index - 1];
    if (start) least = Math.min(least, distanceToSegment(start, end, at));
  }
  return least;
}

function distanceToSegment(start: Point, end: Point, at: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((at.x - start.x) * dx + (at.y - start.y) * dy) / length;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(at.x - start.x - share * dx, at.y - start.y - share * dy);
}
