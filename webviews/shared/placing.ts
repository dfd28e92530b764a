/** Where what floats over the page is put. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const gap = 4;

/** Puts a fixed element below the box, its right edge at the box's, or above it where there is more room. */
export function placeBeside(floating: HTMLElement, box: Box): void {
  const { width, height } = floating.getBoundingClientRect();
  const isBelow = box.bottom + height + gap <= window.innerHeight || box.top < height + gap;
  put(floating, box.right - width, isBelow ? box.bottom + gap : box.top - height - gap, width, height);
}

/** Puts a fixed element to the right of a point, or to the left where that has no room. */
export function placeAt(floating: HTMLElement, x: number, y: number, distance: number): void {
  const { width, height } = floating.getBoundingClientRect();
  const isRight = x + distance + width <= window.innerWidth || x < width + distance;
  put(floating, isRight ? x + distance : x - distance - width, y - height / 2, width, height);
}

/** Never beyond the window. */
function put(floating: HTMLElement, left: number, top: number, width: number, height: number): void {
  const within = (at: number, size: number, room: number) =>
    Math.round(Math.max(gap, Math.min(at, room - size - gap)));
  floating.style.left = `${within(left, width, window.innerWidth)}px`;
  floating.style.top = `${within(top, height, window.innerHeight)}px`;
}
