import type { ChartMetric } from '../protocol/metrics';
import { element } from '../shared/dom';
import { icon } from '../shared/icons';
import { formatInteger } from '../shared/text';
import {
  clamp,
  maxSmoothing,
  setLogY,
  setXAxis,
  shareZoom,
  sizes,
  sorts,
  type Arrangement,
  type Size,
  type Sort,
} from './arrangement';
import { iconButton, select, textBox, toggleButton, type Select } from '../shared/controls';
import type { Layout } from './layout';

export type Arrange = (change: (arrangement: Arrangement) => Arrangement) => void;

export interface ToolbarActions {
  readonly arrange: Arrange;
  readonly refresh: () => void;
}

export interface ToolbarState {
  readonly arrangement: Arrangement;
  readonly metrics: readonly ChartMetric[];
  readonly layout: Layout;
  /** What is wrong with the search; the charts are those of the last one that was right. */
  readonly trouble: string | undefined;
}

/** What all charts have in common: which are shown, along what, and how. */
export function createToolbar({ arrange, refresh }: ToolbarActions) {
  const search = createSearch(arrange);
  const parts = [
    createXAxis(arrange),
    createToggles(arrange),
    createSmoothing(arrange),
    createOrder(arrange),
  ];
  const row = element(
    'div',
    { class: 'toolbar', role: 'toolbar', aria: { label: 'Charts' } },
    search.element,
    ...parts.map((part) => part.element),
    iconButton('Refresh', icon('refresh'), refresh),
  );
  return {
    element: row,
    focusSearch: search.focus,
    update: (state: ToolbarState) => {
      search.update(state);
      for (const part of parts) part.update(state);
    },
  };
}

interface Part {
  readonly element: HTMLElement;
  update(state: ToolbarState): void;
}

function createSearch(arrange: Arrange): Part & { readonly focus: () => void } {
  const regex = toggleButton(
    'Use Regular Expression',
    () => {
      arrange((before) => ({ ...before, isRegex: !before.isRegex }));
    },
    icon('regex'),
  );
  const search = (text: string) => {
    arrange((before) => ({ ...before, search: text }));
  };
  const clear = iconButton('Clear search', icon('clear'), () => {
    search('');
    box.input.focus();
  });
  const count = element('span', { class: 'count quiet' });
  const box = textBox('Search metrics ( / )', 'Search metrics', search, icon('search'), clear, regex.element);
  const trouble = element('p', { class: 'trouble', id: 'search-trouble', role: 'alert', hidden: true });
  return {
    element: element('div', { class: 'search', role: 'search' }, box.element, count, trouble),
    focus: () => {
      box.input.focus();
      box.input.select();
    },
    update: ({ arrangement, layout: { shown, total }, trouble: reason }) => {
      const { input } = box;
      if (input.value !== arrangement.search) input.value = arrangement.search;
      clear.hidden = arrangement.search === '';
      regex.set(arrangement.isRegex);
      const isSearching = arrangement.search.trim() !== '';
      count.textContent = `${isSearching ? `${formatInteger(shown)} of ` : ''}${formatInteger(total)}`;
      count.title = `${count.textContent} metrics`;
      trouble.hidden = reason === undefined;
      if (trouble.textContent !== (reason ?? '')) trouble.textContent = reason ?? '';
      box.element.classList.toggle('is-invalid', reason !== undefined);
      input.setAttribute('aria-invalid', String(reason !== undefined));
      if (reason === undefined) input.removeAttribute('aria-describedby');
      else input.setAttribute('aria-describedby', trouble.id);
    },
  };
}

function createXAxis(arrange: Arrange): Part {
  const kinds = select('Horizontal axis', (kind) => {
    if (kind === 'step' || kind === 'relative' || kind === 'time') {
      arrange((before) => setXAxis(before, { kind }));
    } else arrange((before) => setXAxis(before, { kind: 'metric', metric: kind.slice('metric '.length) }));
  });
  const axes = [
    { value: 'step', title: 'Step' },
    { value: 'relative', title: 'Relative time' },
    { value: 'time', title: 'Wall time' },
  ];
  return {
    element: labelled('x', kinds),
    update: ({ arrangement: { x }, metrics }) => {
      const chosen = x.kind === 'metric' ? [x.metric ?? ''] : [];
      const keys = new Set([...chosen, ...metrics.map(({ key }) => key)]);
      const others = [...keys].map((key) => ({ value: `metric ${key}`, title: key, group: 'Metric' }));
      kinds.set([...axes, ...others], x.kind === 'metric' ? `metric ${x.metric ?? ''}` : x.kind);
    },
  };
}

function labelled(label: string, { element: control }: Select): HTMLElement {
  return element(
    'div',
    { class: 'labelled' },
    element('span', { class: 'quiet', aria: { hidden: 'true' } }, label),
    control,
  );
}

function createToggles(arrange: Arrange): Part {
  const logX = toggleButton(
    'Logarithmic Horizontal Axis',
    () => {
      arrange((before) => ({ ...before, isLogX: !before.isLogX }));
    },
    'log x',
  );
  const logY = toggleButton(
    'Logarithmic Vertical Axes',
    () => {
      arrange((before) => setLogY(before, !before.isLogY));
    },
    'log y',
  );
  const outliers = toggleButton(
    'Ignore Outliers: the Vertical Range is from the 5th to the 95th Percentile',
    () => {
      arrange((before) => ({ ...before, ignoresOutliers: !before.ignoresOutliers }));
    },
    icon('outliers'),
  );
  const link = toggleButton(
    'Zoom All Charts Together',
    () => {
      arrange((before) => shareZoom(before, !before.sharesZoom));
    },
    icon('link'),
  );
  return {
    element: element(
      'div',
      { class: 'toggles', role: 'group', aria: { label: 'Axes' } },
      logX.element,
      logY.element,
      outliers.element,
      link.element,
    ),
    update: ({ arrangement }) => {
      logX.set(arrangement.isLogX);
      logY.set(arrangement.isLogY);
      outliers.set(arrangement.ignoresOutliers);
      link.set(arrangement.sharesZoom);
    },
  };
}

function createSmoothing(arrange: Arrange): Part {
  const slider = numberInput('range', 'Smoothing');
  const number = numberInput('number', 'Smoothing, 0 to 0.99');
  for (const input of [slider, number]) {
    input.addEventListener(input === slider ? 'input' : 'change', () => {
      const smoothing = clamp(Number(input.value) || 0, [0, maxSmoothing]);
      arrange((before) => ({ ...before, smoothing }));
      number.value = String(smoothing);
    });
  }
  return {
    element: element(
      'div',
      {
        class: 'labelled smoothing',
        title: 'Exponential moving average; the line as logged is faded behind',
      },
      element('span', { class: 'quiet', aria: { hidden: 'true' } }, 'Smoothing'),
      slider,
      number,
    ),
    update: ({ arrangement: { smoothing } }) => {
      slider.value = String(smoothing);
      if (document.activeElement !== number) number.value = String(smoothing);
    },
  };
}

function numberInput(type: 'range' | 'number', label: string): HTMLInputElement {
  const input = element('input', { aria: { label } });
  input.type = type;
  input.min = '0';
  input.max = String(maxSmoothing);
  input.step = '0.01';
  return input;
}

const sortTitles: Readonly<Record<Sort, string>> = {
  nameUp: 'Name ↑',
  nameDown: 'Name ↓',
  mostRuns: 'Most runs first',
};
const sizeTitles: Readonly<Record<Size, string>> = { small: 'Small', medium: 'Medium', large: 'Large' };

function createOrder(arrange: Arrange): Part {
  const sort = select('Sort charts', (value) => {
    arrange((before) => ({ ...before, sort: sorts.find((one) => one === value) ?? before.sort }));
  });
  const size = select('Size of charts', (value) => {
    arrange((before) => ({ ...before, size: sizes.find((one) => one === value) ?? before.size }));
  });
  return {
    element: element('div', { class: 'order' }, labelled('Sort', sort), labelled('Size', size)),
    update: ({ arrangement }) => {
      sort.set(
        sorts.map((value) => ({ value, title: sortTitles[value] })),
        arrangement.sort,
      );
      size.set(
        sizes.map((value) => ({ value, title: sizeTitles[value] })),
        arrangement.size,
      );
    },
  };
}
