import * as vscode from 'vscode';
import type { Listing } from '../catalog/pagedList';
import { toItem, type PickOptions, type ValueItem } from './pick';

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
  const picker = vscode.window.createQuickPick<ValueItem<T>>();
  const { title, placeholder, least, most } = options;
  picker.canSelectMany = true;
  picker.title = title;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  try {
    return await new Promise<readonly T[] | undefined>((resolve, reject) => {
      const load = () => void showItems(picker, options).catch(reject);
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidTriggerButton(() => void options.loadMore().then(load, reject));
      picker.onDidAccept(() => {
        const values = valuesOf(picker.selectedItems);
        if (values.length >= least && values.length <= most) resolve(values);
        else picker.title = `${title} – ${describeWanted(least, most)}, not ${values.length}`;
      });
      picker.show();
      load();
    });
  } finally {
    picker.dispose();
  }
}

function describeWanted(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least}`;
  return least === most ? `just ${least}` : `${least} to ${most}`;
}

async function showItems<T>(
  picker: vscode.QuickPick<ValueItem<T>>,
  options: PickManyOptions<T>,
): Promise<void> {
  picker.busy = true;
  const isFirst = picker.items.length === 0;
  const ticked = new Set(isFirst ? options.chosen : valuesOf(picker.selectedItems).map(options.identify));
  const listing: Listing<T> = await options.load();
  if (listing.items.length === 0 && listing.failure !== undefined) throw listing.failure as Error;
  const items = listing.items.map((value) => toItem(value, options.describe(value)));
  picker.keepScrollPosition = true;
  picker.items = items;
  picker.selectedItems = items.filter(
    ({ value }) => value !== undefined && ticked.has(options.identify(value)),
  );
  picker.buttons = listing.hasMore
    ? [{ iconPath: new vscode.ThemeIcon('ellipsis'), tooltip: 'Load More' }]
    : [];
  picker.busy = false;
}

function valuesOf<T>(items: readonly ValueItem<T>[]): readonly T[] {
  return items.flatMap(({ value }) => (value === undefined ? [] : [value]));
}
