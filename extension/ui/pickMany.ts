import * as vscode from 'vscode';
import type { Listing } from '../catalog/pagedList';
import { openPicker, toItem, type PickOptions, type ValueItem } from './pick';

export interface PickManyOptions<T> extends PickOptions<T> {
  /** How many are wanted. */
  readonly least: number;
  readonly most: number;
  /** What a value is known by from one page to the next. */
  readonly identify: (value: T) => string;
  /** What is ticked at first. */
  readonly chosen: readonly string[];
}

/** Has the user tick several of a paged listing; undefined when they turn away. Rejects if there is nothing to pick from. */
export async function pickManyFrom<T>(options: PickManyOptions<T>): Promise<readonly T[] | undefined> {
  const { title, least, most } = options;
  const show = (picker: vscode.QuickPick<ValueItem<T>>, listing: Listing<T>): void => {
    showItems(picker, listing, options);
  };
  return await openPicker<T, readonly T[]>(options, show, (picker, more, resolve) => {
    picker.canSelectMany = true;
    picker.onDidTriggerButton(more);
    picker.onDidAccept(() => {
      const values = valuesOf(picker.selectedItems);
      if (values.length >= least && values.length <= most) resolve(values);
      else picker.title = `${title} – ${describeWanted(least, most)}, not ${values.length}`;
    });
  });
}

function describeWanted(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least}`;
  return least === most ? `just ${least}` : `${least} to ${most}`;
}

function showItems<T>(
  picker: vscode.QuickPick<ValueItem<T>>,
  listing: Listing<T>,
  { describe, identify, chosen }: PickManyOptions<T>,
): void {
  const isFirst = picker.items.length === 0;
  const ticked = new Set(isFirst ? chosen : valuesOf(picker.selectedItems).map(identify));
  const items = listing.items.map((value) => toItem(value, describe(value)));
  picker.keepScrollPosition = true;
  picker.items = items;
  picker.selectedItems = items.filter(({ value }) => value !== undefined && ticked.has(identify(value)));
  picker.buttons = listing.hasMore
    ? [{ iconPath: new vscode.ThemeIcon('ellipsis'), tooltip: 'Load More' }]
    : [];
}

function valuesOf<T>(items: readonly ValueItem<T>[]): readonly T[] {
  return items.flatMap(({ value }) => (value === undefined ? [] : [value]));
}
