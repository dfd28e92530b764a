/**
 * Tells which run of a grid the user is at, by the pointer or by the focus. When the pointer leaves, it is the run that has the
 * focus again.
 */
export function followRuns(
  grid: HTMLElement,
  runOf: (target: Element) => string | undefined,
  point: (runId: string | undefined) => void,
): void {
  const pointAt = ({ target }: Event) => {
    point(target instanceof Element ? runOf(target) : undefined);
  };
  grid.addEventListener('pointerover', pointAt);
  grid.addEventListener('focusin', pointAt);
  grid.addEventListener('focusout', () => {
    point(undefined);
  });
  grid.addEventListener('pointerleave', () => {
    const { activeElement } = document;
    point(activeElement && grid.contains(activeElement) ? runOf(activeElement) : undefined);
  });
}
