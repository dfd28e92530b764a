import * as vscode from 'vscode';
import type { Listing } from '../catalog/pagedList';
import { causeOf } from '../tracking/errors';
import { readOn } from './readOn';
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
  /** A codicon's name. */
  readonly icon?: string;
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
      const show = (listing: Listing<T>) => {
        showItems(picker, listing, options);
      };
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (chosen?.value !== undefined) resolve(chosen.value);
        else if (chosen && !picker.busy)
          whileBusy(picker, () => showMore(picker, options, show)).catch(reject);
      });
      picker.show();
      whileBusy(picker, async () => {
        show(demandItems(await options.load()));
      }).catch(reject);
    });
  } finally {
    picker.dispose();
  }
}

/** The listing; throws why it could not be read, where there is nothing of it. */
export function demandItems<T>(listing: Listing<T>): Listing<T> {
  if (listing.items.length === 0 && listing.failure !== undefined) throw listing.failure as Error;
  return listing;
}

/** Shows the next page, or those as far as the one with what is typed, which is then the active row. */
export async function showMore<T>(
  picker: vscode.QuickPick<ValueItem<T>>,
  { load, loadMore, describe }: PickOptions<T>,
  show: (listing: Listing<T>) => void,
): Promise<void> {
  const text = picker.value;
  const isWanted = () => picker.busy && picker.value === text;
  const textsOf = (value: T) => {
    const { label, description = '' } = describe(value);
    return [label, description];
  };
  const found = await readOn({ load, loadMore, textsOf }, { text, isWanted, show });
  if (found !== undefined) picker.activeItems = picker.items.filter(({ value }) => value === found);
}

/** Does what takes a while; a picker that hides meanwhile is not busy any longer. */
export async function whileBusy(
  picker: Pick<vscode.QuickPick<vscode.QuickPickItem>, 'busy' | 'onDidHide'>,
  act: () => Promise<void>,
): Promise<void> {
  picker.busy = true;
  const listening = picker.onDidHide(() => {
    picker.busy = false;
  });
  try {
    await act();
  } finally {
    listening.dispose();
    picker.busy = false;
  }
}

function showItems<T>(
  picker: vscode.QuickPick<ValueItem<T>>,
  { items: values, hasMore, moreFailure }: Listing<T>,
  { describe }: PickOptions<T>,
): void {
  const items = values.map((value) => toItem(value, describe(value)));
  const more: ValueItem<T> = {
    label: '$(ellipsis) Load more…',
    alwaysShow: true,
    ...(moreFailure === undefined ? {} : { description: withoutIcons(plainText(causeOf(moreFailure))) }),
  };
  picker.keepScrollPosition = true;
  picker.items = hasMore ? [...items, more] : items;
}

export function toItem<T>(value: T, { label, description, icon }: PickLabel): ValueItem<T> {
  return {
    value,
    label: withoutIcons(plainText(label)) || '(no name)',
    ...(description === undefined ? {} : { description: withoutIcons(plainText(description)) }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
  };
}
