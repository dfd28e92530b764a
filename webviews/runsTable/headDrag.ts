/** Dragging in the head: an edge makes its column wider or narrower, a column goes to another place. */

export interface HeadDragActions {
  /** The column whose head or edge this is; -1 if none. */
  columnOf(target: Element): number;
  /** Shows the column as wide as this, or keeps it so when the drag is over. */
  resize(column: number, by: number, isDone: boolean): void;
  /** Shows where the column would go, or brings it there. */
  move(column: number, x: number, isDone: boolean): void;
  /** The drag was given up. */
  cancel(): void;
}

interface Drag {
  readonly kind: 'resize' | 'move';
  readonly column: number;
  readonly pointer: number;
  readonly startX: number;
  hasMoved: boolean;
}

/** How far the pointer goes before a press is a drag, in CSS pixels. */
const reluctance = 5;

/** Follows the pointer in the head; tells whether a click is the end of a drag and means nothing. */
export function followHeadDrags(
  head: HTMLElement,
  actions: HeadDragActions,
): { readonly wasDrag: () => boolean } {
  let drag: Drag | undefined;
  let isAfterDrag = false;
  const step = (event: PointerEvent, isDone: boolean) => {
    if (!drag?.hasMoved) return;
    if (drag.kind === 'resize') actions.resize(drag.column, event.clientX - drag.startX, isDone);
    else actions.move(drag.column, event.clientX, isDone);
  };
  head.addEventListener('pointerdown', (event) => {
    isAfterDrag = false;
    drag = begin(event, actions);
  });
  head.addEventListener('pointermove', (event) => {
    if (drag?.pointer !== event.pointerId) return;
    if (!drag.hasMoved) {
      drag.hasMoved = Math.abs(event.clientX - drag.startX) >= (drag.kind === 'move' ? reluctance : 1);
      // Not before: the click of a captured pointer is on who captured it.
      if (drag.hasMoved) head.setPointerCapture(event.pointerId);
    }
    step(event, false);
  });
  const end = (event: PointerEvent, isDone: boolean) => {
    if (drag?.pointer !== event.pointerId) return;
    isAfterDrag = drag.hasMoved;
    if (isDone) step(event, true);
    else actions.cancel();
    drag = undefined;
  };
  head.addEventListener('pointerup', (event) => end(event, true));
  head.addEventListener('pointercancel', (event) => end(event, false));
  head.ownerDocument.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !drag) return;
    drag = undefined;
    isAfterDrag = true;
    actions.cancel();
  });
  return { wasDrag: () => isAfterDrag };
}

function begin(event: PointerEvent, actions: HeadDragActions): Drag | undefined {
  const { target, button, pointerId: pointer, clientX: startX } = event;
  if (button !== 0 || !(target instanceof Element) || target.closest('.head-menu')) return undefined;
  const column = actions.columnOf(target);
  if (column === -1) return undefined;
  const kind = target.closest('.edge') ? 'resize' : 'move';
  return kind === 'move' && column === 0 ? undefined : { kind, column, pointer, startX, hasMoved: false };
}
