/** What a key does on a chart. */
export type ChartCommand =
  | { readonly kind: 'step'; readonly move: 'next' | 'previous' }
  /** To the line with the next higher or lower value. */
  | { readonly kind: 'line'; readonly isUp: boolean }
  | { readonly kind: 'edge'; readonly part: 0 | 1 }
  /** By a part of the width. */
  | { readonly kind: 'page'; readonly part: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'reset' | 'leave' | 'open' | 'table' | 'fullSize' };

const pagePart = 0.1;
const zoomStep = 0.6;

const commands: Readonly<Record<string, ChartCommand>> = {
  ArrowRight: { kind: 'step', move: 'next' },
  ArrowLeft: { kind: 'step', move: 'previous' },
  ArrowUp: { kind: 'line', isUp: true },
  ArrowDown: { kind: 'line', isUp: false },
  Home: { kind: 'edge', part: 0 },
  End: { kind: 'edge', part: 1 },
  PageUp: { kind: 'page', part: -pagePart },
  PageDown: { kind: 'page', part: pagePart },
  '+': { kind: 'zoom', factor: zoomStep },
  '=': { kind: 'zoom', factor: zoomStep },
  '-': { kind: 'zoom', factor: 1 / zoomStep },
  '0': { kind: 'reset' },
  Escape: { kind: 'leave' },
  Enter: { kind: 'open' },
  t: { kind: 'table' },
  f: { kind: 'fullSize' },
};

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function commandOf({ key, ctrlKey, metaKey, altKey }: Key): ChartCommand | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** How to use a chart, for those who hear it. */
export const chartHelp =
  'Left and right arrow keys walk the points, up and down the lines. Plus and minus zoom, 0 resets, Enter opens the run, T shows the table, F fills the view.';
