import { element } from './dom';

/** The colours and dashes of runs and lines: colour-blind-safe colours, and a dash for each round through them. */

const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
const rounds = 10;

/** Where VS Code says no colour: after Okabe and Ito, and Tol, of middle lightness so that they read on any ground. */
const fallbacks = [
  '#3a86d8',
  '#e08a00',
  '#0f9f75',
  '#c75b9b',
  '#d5523f',
  '#25aab8',
  '#8d74d6',
  '#9a8a00',
  '#7f8c99',
  '#a8663a',
] as const;

/** Lengths of strokes and gaps in CSS pixels; empty for an unbroken line. */
export function dashOf(color: number): readonly number[] {
  return dashes[Math.floor(color / rounds) % dashes.length] ?? [];
}

/** The colour as a style sheet has it: it follows the theme by itself. */
export function cssColorOf(color: number): string {
  const index = color % rounds;
  return `var(--vscode-mlflow-chartColor${index + 1}, ${fallbacks[index] ?? fallbacks[0]})`;
}

/** A line's colour and dash as a background that is as wide as a stroke is long. */
export function strokeOf(color: number): string {
  const paint = cssColorOf(color);
  const dash = dashOf(color);
  if (dash.length === 0) return paint;
  let at = 0;
  const stops = dash.map((length, index) => {
    const stop = `${index % 2 === 0 ? paint : 'transparent'} ${at}px ${at + length}px`;
    at += length;
    return stop;
  });
  return `repeating-linear-gradient(90deg, ${stops.join(', ')})`;
}

/** CSS colours of everything but the lines. */
export interface PlotTheme {
  readonly background: string;
  readonly foreground: string;
  readonly grid: string;
  readonly cursor: string;
  readonly fontFamily: string;
  readonly fontSize: number;
  /** In high contrast lines are thicker and bands are outlined. */
  readonly isHighContrast: boolean;
}

/** The theme's values as a canvas takes them. */
export interface Palette {
  readonly theme: PlotTheme;
  colorOf(color: number): string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const isHighContrast = /\bvscode-high-contrast/.test(document.body.className);
  const foreground = read('--vscode-foreground', '#888888');
  const colors = fallbacks.map((color, index) => read(`--vscode-mlflow-chartColor${index + 1}`, color));
  return {
    theme: {
      background: read('--vscode-editor-background', '#ffffff'),
      foreground: isHighContrast ? foreground : read('--vscode-descriptionForeground', foreground),
      grid: isHighContrast ? fade(foreground, 0.35) : fade(foreground, 0.13),
      cursor: foreground,
      fontFamily: read('--vscode-font-family', 'sans-serif'),
      fontSize: Math.max(9, (Number.parseFloat(read('--vscode-font-size', '13')) || 13) - 2),
      isHighContrast,
    },
    colorOf: (color) => colors[color % rounds] ?? foreground,
  };
}

/** The colour at that opacity, as any program that reads a saved picture knows it. */
function fade(color: string, opacity: number): string {
  const channels = /^rgba?\((\d+), (\d+), (\d+)/.exec(computedColor(color));
  return channels ? `rgba(${channels.slice(1).join(', ')}, ${opacity})` : color;
}

function computedColor(color: string): string {
  const probe = element('span', { hidden: true });
  probe.style.color = color;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}

/** Calls back when VS Code puts another theme on the page, once for all that it changes in a go. */
export function onThemeChange(run: () => void): void {
  const observer = new MutationObserver(run);
  const filter = { attributes: true, attributeFilter: ['class', 'style'] };
  observer.observe(document.documentElement, filter);
  observer.observe(document.body, filter);
}
