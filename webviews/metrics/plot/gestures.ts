import { fromPixel } from './axisMap';
import type { PlotArea, PlotMaps } from './drawLines';
import type { Overlay } from './overlay';
import type { PlotActions, PlotRange } from './plotView';

export interface GestureOptions {
  readonly maps: () => PlotMaps | undefined;
  readonly lineAt: (x: number, y: number) => string | undefined;
  readonly actions: PlotActions;
}

/** A press that moves less than this, in pixels, is a click. */
const slop = 4;
/** A rectangle lower than this zooms x alone, a narrower one y alone. */
const lowest = 12;
/** How much of the range one notch of the wheel takes away. */
const notch = 0.2;

interface Drag {
  readonly startX: number;
  readonly startY: number;
  readonly isPan: boolean;
  readonly maps: PlotMaps;
  hasMoved: boolean;
}

/**
 * Drag draws a rectangle to zoom into, with Shift or the middle button it pans; the wheel zooms with Ctrl, or once the chart has
 * the focus, and scrolls the page otherwise; a double click shows the whole. Answers a function that stops listening.
 */
export function followGestures(element: HTMLElement, overlay: Overlay, options: GestureOptions): () => void {
  const ended = new AbortController();
  const gestures = new Gestures(element, overlay, options);
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    passive = true,
  ): void => {
    element.addEventListener(name, listener, { signal: ended.signal, passive });
  };
  on('pointerdown', (event) => {
    gestures.press(event);
  });
  on('pointermove', (event) => {
    gestures.move(event);
  });
  on('pointerup', (event) => {
    gestures.release(event);
  });
  on('pointercancel', () => {
    gestures.cancel();
  });
  on('pointerleave', () => {
    gestures.leave();
  });
  on('dblclick', () => {
    options.actions.reset();
  });
  on(
    'wheel',
    (event) => {
      gestures.turn(event);
    },
    false,
  );
  return () => {
    ended.abort();
  };
}

class Gestures {
  private drag: Drag | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly overlay: Overlay,
    private readonly options: GestureOptions,
  ) {}

  press(event: PointerEvent): void {
    const maps = this.options.maps();
    const { x, y } = this.placeOf(event);
    if (!maps || event.button > 1 || !isInside(maps.area, x, y)) return;
    this.element.setPointerCapture(event.pointerId);
    const isPan = event.shiftKey || event.button === 1;
    this.drag = { startX: x, startY: y, isPan, maps, hasMoved: false };
  }

  move(event: PointerEvent): void {
    const { x, y } = this.placeOf(event);
    if (this.drag) this.dragTo(this.drag, x, y);
    else this.hover(event, x, y);
  }

  release(event: PointerEvent): void {
    const { drag } = this;
    this.drag = undefined;
    this.overlay.select(undefined);
    const { x, y } = this.placeOf(event);
    if (drag?.hasMoved === false) this.click(x, y);
    else if (drag && !drag.isPan) this.options.actions.zoom(rangeOf(drag, x, y));
    else if (!drag && event.button === 0) this.click(x, y);
  }

  cancel(): void {
    this.drag = undefined;
    this.overlay.select(undefined);
  }

  leave(): void {
    if (!this.drag) this.options.actions.point(undefined);
  }

  turn(event: WheelEvent): void {
    const maps = this.options.maps();
    const { x, y } = this.placeOf(event);
    const isMeant = event.ctrlKey || event.metaKey || this.element.parentElement === document.activeElement;
    if (!maps || !isMeant || !isInside(maps.area, x, y)) return;
    event.preventDefault();
    const { left, right } = maps.area;
    const turned = event.deltaY === 0 ? event.deltaX : event.deltaY;
    const notches = Math.max(-3, Math.min(3, turned / (event.deltaMode === 0 ? 100 : 3)));
    const factor = event.shiftKey ? 1 : (1 - notch) ** -notches;
    const shift = event.shiftKey ? notches * notch * (right - left) : 0;
    const at = (pixel: number): number => fromPixel(maps.x, x + (pixel - x) * factor + shift);
    this.options.actions.zoom({ x: [at(left), at(right)] });
  }

  private dragTo(drag: Drag, x: number, y: number): void {
    if (!drag.hasMoved && Math.hypot(x - drag.startX, y - drag.startY) < slop) return;
    drag.hasMoved = true;
    const { area, x: xMap } = drag.maps;
    if (drag.isPan) {
      const moved = drag.startX - x;
      const at = (pixel: number): number => fromPixel(xMap, pixel + moved);
      this.options.actions.zoom({ x: [at(area.left), at(area.right)] });
    } else {
      const box = boxOf(drag, x, y);
      this.overlay.select([box.left, box.top, box.right, box.bottom]);
    }
  }

  private hover({ clientX, clientY }: PointerEvent, x: number, y: number): void {
    const maps = this.options.maps();
    const isIn = maps !== undefined && isInside(maps.area, x, y);
    this.options.actions.point(
      isIn
        ? {
            x: fromPixel(maps.x, x),
            y: fromPixel(maps.y, y),
            clientX,
            clientY,
            lineId: this.options.lineAt(x, y),
          }
        : undefined,
    );
  }

  private click(x: number, y: number): void {
    const maps = this.options.maps();
    const lineId = this.options.lineAt(x, y);
    if (maps) this.options.actions.click({ x: fromPixel(maps.x, x), y: fromPixel(maps.y, y), lineId });
    else if (lineId !== undefined) this.options.actions.click({ x: 0, y: 0, lineId });
  }

  private placeOf({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

function isInside({ left, right, top, bottom }: PlotArea, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** The rectangle between press and pointer; of full height where it was drawn flat. */
function boxOf({ startX, startY, maps }: Drag, x: number, y: number): PlotArea {
  const { left, right, top, bottom } = maps.area;
  const isFlat = Math.abs(y - startY) < lowest;
  const [high, low] = isFlat ? [top, bottom] : [Math.min(startY, y), Math.max(startY, y)];
  return {
    left: Math.max(left, Math.min(startX, x)),
    right: Math.min(right, Math.max(startX, x)),
    top: Math.max(top, high),
    bottom: Math.min(bottom, low),
  };
}

function rangeOf(drag: Drag, x: number, y: number): PlotRange {
  const box = boxOf(drag, x, y);
  const { maps } = drag;
  const { left, right } = box.right - box.left < lowest ? maps.area : box;
  const xRange = [fromPixel(maps.x, left), fromPixel(maps.x, right)] as const;
  if (Math.abs(y - drag.startY) < lowest) return { x: xRange };
  return { x: xRange, y: [fromPixel(maps.y, box.bottom), fromPixel(maps.y, box.top)] };
}
