import { select, type Choice } from '../../shared/controls';
import { button, element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { openMenu, type MenuItem } from '../../shared/menu';
import { isNumber, mostAxes, type PlotChoices, type PlotKind, type PlotsArrangement } from './choices';
import { nameOf } from './drawing';
import type { Grouping, Variable } from './variables';

/** In a menu. */
const mostOffered = 200;

/** What of the arrangement the pickers change. */
export type Picked = Partial<Pick<PlotsArrangement, 'axes' | 'x' | 'y' | 'values' | 'groupBy'>>;

export interface Pickers {
  readonly element: HTMLElement;
  set(
    kind: PlotKind,
    choices: PlotChoices,
    variables: readonly Variable[],
    groupings: readonly Grouping[],
  ): void;
}

/** Where the user picks what a plot draws. */
export function createPickers(pick: (picked: Picked) => void): Pickers {
  const axes = createManyPicker('Axes', (ids) => pick({ axes: ids }));
  const values = createManyPicker('Values', (ids) => pick({ values: ids }));
  const x = select('Horizontal axis', (id) => pick({ x: id }));
  const y = select('Vertical axis', (id) => pick({ y: id }));
  const groupBy = select('Group by', (id) => pick({ groupBy: id }));
  const scatter = [labelled('X', x.element), labelled('Y', y.element)];
  const box = [values.element, labelled('Group by', groupBy.element)];
  return {
    element: element('div', { class: 'pickers' }, axes.element, ...scatter, ...box),
    set: (kind, choices, variables, groupings) => {
      axes.element.hidden = kind !== 'parallel';
      for (const one of scatter) one.hidden = kind !== 'scatter';
      for (const one of box) one.hidden = kind !== 'box';
      axes.set(variables, choices.axes);
      values.set(variables.filter(isNumber), choices.values);
      x.set(variables.map(toChoice), choices.x?.id ?? '');
      y.set(variables.map(toChoice), choices.y?.id ?? '');
      const none = { value: '', title: 'nothing' };
      groupBy.set([none, ...groupings.map(toChoice)], choices.groupBy?.id ?? '');
    },
  };
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element('label', { class: 'labelled' }, element('span', { class: 'quiet' }, text), control);
}

const titles = { params: 'Parameters', metrics: 'Metrics', tags: 'Tags' } as const;

function toChoice(one: Variable | Grouping): Choice {
  const isSame = 'differs' in one && !one.differs;
  const group = isSame ? 'Equal in All Runs' : titles[one.section];
  return { value: one.id, title: nameOf(one.name, 60) || '(no name)', group };
}

/** A button with a menu in which several variables are checked, up to as many as fit. */
function createManyPicker(title: string, choose: (ids: readonly string[]) => void) {
  let all: readonly Variable[] = [];
  let chosen: readonly string[] = [];
  const label = element('span');
  const made = button(
    { class: 'button secondary', aria: { haspopup: 'menu' }, onClick: () => openMenu(made, title, items()) },
    label,
    icon('chevron'),
  );
  const toggle = (id: string) => {
    const without = chosen.filter((one) => one !== id);
    const isAdded = without.length === chosen.length && chosen.length < mostAxes;
    const next = isAdded ? [...chosen, id] : without;
    // The last one stays: nothing would be a plot of nothing.
    if (next.length > 0) choose(next);
    return next.length === 0 || isAdded;
  };
  const items = (): readonly MenuItem[] => {
    // The chosen ones first, then those that differ: so many as one can look through.
    const worth = ({ id, differs }: Variable) => (chosen.includes(id) ? 2 : Number(differs));
    const offered = [...all].sort((one, other) => worth(other) - worth(one)).slice(0, mostOffered);
    return offered.map((variable) => ({
      kind: 'toggle',
      label: nameOf(variable.name, 60) || '(no name)',
      isChecked: chosen.includes(variable.id),
      run: () => toggle(variable.id),
    }));
  };
  return {
    element: made,
    set: (variables: readonly Variable[], now: readonly Variable[]) => {
      all = variables;
      chosen = now.map(({ id }) => id);
      label.textContent = `${title}: ${chosen.length} of ${variables.length}`;
    },
  };
}
