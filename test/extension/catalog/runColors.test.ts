import { deepEqual, equal, ok } from 'node:assert/strict';
import { RunColors } from '../../../extension/catalog/runColors';
import { readPackageJson } from '../../manifest/packageJson';
import { projectRoot } from '../../support/cache';

class FakeMemento {
  writes = 0;
  constructor(private value?: unknown) {}
  get<T>(_: string, fallback: T): T {
    return (this.value as T | undefined) ?? fallback;
  }
  update(_: string, value: unknown): Promise<void> {
    this.writes++;
    this.value = JSON.parse(JSON.stringify(value));
    return Promise.resolve();
  }
}

const ids = (count: number, prefix = 'r') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('RunColors', () => {
  it('gives the runs of one panel different colours, ten without dashes, then forty', () => {
    const colors = new RunColors(new FakeMemento());
    deepEqual([...colors.colorsOf('u', ids(10))].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    equal(new Set(colors.colorsOf('u', ids(40))).size, 40);
    ok(colors.colorsOf('u', ids(500)).every((color) => color >= 0 && color < 40));
  });

  it('keeps a run’s colour for good, over restarts, for each connection', () => {
    const memento = new FakeMemento();
    const first = new RunColors(memento).colorsOf('u', ids(7));
    const later = new RunColors(memento);
    deepEqual(later.colorsOf('u', [...ids(7)].reverse()), [...first].reverse());
    deepEqual(later.colorsOf('v', ['other']), [7]);
  });

  it('gives runs that were charted alone different colours too', () => {
    const colors = new RunColors(new FakeMemento());
    const alone = ids(10).flatMap((id) => colors.colorsOf('u', [id]));
    equal(new Set(alone).size, 10);
  });

  it('writes only when there is a new run, and no more than the last thousands', () => {
    const memento = new FakeMemento();
    const colors = new RunColors(memento);
    colors.colorsOf('u', ids(3));
    colors.colorsOf('u', ids(3));
    equal(memento.writes, 1);
    colors.colorsOf('u', ids(6000, 'x'));
    colors.dispose();
    equal(memento.writes, 2);
    equal(memento.get<readonly unknown[]>('', []).length, 5000);
  });

  it('keeps the colours of runs in a chart while thousands scroll by in a table, writing seldom', () => {
    const memento = new FakeMemento();
    const colors = new RunColors(memento);
    const charted = colors.colorsOf('u', ids(10));
    for (let page = 0; page < 20; page++) colors.colorsOf('u', ids(500, `page ${page} `));
    deepEqual(colors.colorsOf('u', ids(10)), charted);
    equal(memento.writes, 1);
  });

  it('is not led astray by what it did not write', () => {
    const strange = new FakeMemento([['u', 'a', 99], ['u', 'b'], 7, ['u', 'c', 4]]);
    equal(new RunColors(strange).colorsOf('u', ['c'])[0], 4);
    equal(new RunColors(new FakeMemento({ a: 1 })).colorsOf('u', ['c'])[0], 0);
  });
});

describe('The palette in package.json', () => {
  const { colors } = readPackageJson(projectRoot()).contributes;
  const backgrounds = {
    dark: '#1f1f1f',
    light: '#ffffff',
    highContrast: '#000000',
    highContrastLight: '#ffffff',
  } as const;

  it('has ten colours', () => {
    deepEqual(
      colors.map(({ id }) => id),
      ids(10, '').map((index) => `mlflow.chartColor${Number(index) + 1}`),
    );
  });

  for (const [theme, background] of Object.entries(backgrounds) as [keyof typeof backgrounds, string][]) {
    it(`stands out from the background of ${theme}, each colour another`, () => {
      const own = colors.map(({ defaults }) => defaults[theme]);
      for (const color of own)
        ok(contrast(color, background) >= 3, `${color}: ${contrast(color, background)}`);
      equal(new Set(own).size, own.length);
    });
  }
});

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
