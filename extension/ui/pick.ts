import * as vscode from 'vscode';
import type { Listing } from '../catalog/pagedList';
import { causeOf } from '../tracking/errors';
import { plainText, withoutIcons } from './text';

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly load: () => Promise<Listing<T>>;
  /** Loads the next page; the picker then loads again. */
  readonly loadMore: () => Promise<void>;
  /** A stranger's texts as they are: the picker makes them safe to show. */
  readonly describe: (value: T) => PickLabel;
}

/** What a picker of these items, which are all there are, loads. */
export function wholeList<T>(items: readonly T[]): Pick<PickOptions<T>, 'load' | 'loadMore'> {
  return {
    load: () => Promise.resolve({ items, hasMore: false, failure: undefined, moreFailure: undefined }),
    loadMore: () => Promise.resolve(),
  };
}

export interface PickLabel {
  readonly label: string;
  readonly description?: string;
  readonly icon?: vscode.ThemeIcon;
}

export interface ValueItem<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** Has the user pick one of a paged listing; undefined when they turn away. Rejects if there is nothing to pick from. */
export async function pickFrom<T>(options: PickOptions<T>): Promise<T | undefined> {
  const picker = vscode.window.createQuickPick<ValueItem<T>>();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const load = () => void showItems(picker, options).catch(reject);
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (chosen?.value !== undefined) resolve(chosen.value);
        else if (chosen) void options.loadMore().then(load, reject);
      });
      picker.show();
      load();
    });
  } finally {
    picker.dispose();
  }
}

async function showItems<T>(picker: vscode.QuickPick<ValueItem<T>>, options: PickOptions<T>): Promise<void> {
  picker.busy = true;
  const listing = await options.load();
  if (listing.items.length === 0 && listing.failure !== undefined) throw listing.failure as Error;
  const items = listing.items.map((value) => toItem(value, options.describe(value)));
  const { moreFailure } = listing;
  const more: ValueItem<T> = {
    label: '$(ellipsis) Load more…',
    alwaysShow: true,
    ...(moreFailure === undefined ? {} : { description: withoutIcons(plainText(causeOf(moreFailure))) }),
  };
  picker.keepScrollPosition = true;
  picker.items = listing.hasMore ? [...items, more] : items;
  picker.busy = false;
}

export function toItem<T>(value: T, { label, description, icon }: PickLabel): ValueItem<T> {
  return {
    value,
    label: withoutIcons(plainText(label)) || '(no name)',
    ...(description === undefined ? {} : { description: withoutIcons(plainText(description)) }),
    ...(icon === undefined ? {} : { iconPath: icon }),
  };
}
