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
  const show = (picker: vscode.QuickPick<ValueItem<T>>, listing: Listing<T>): void => {
    showItems(picker, listing, options);
  };
  return await openPicker<T, T>(options, show, (picker, more, resolve) => {
    picker.onDidAccept(() => {
      const [chosen] = picker.selectedItems;
      if (chosen?.value !== undefined) resolve(chosen.value);
      else if (chosen) more();
    });
  });
}

/**
 * A picker of a paged listing, until it is answered by `listen`, which is given what shows more; undefined when the user turns
 * away. Rejects if there is nothing to pick from.
 */
export async function openPicker<T, Answer>(
  options: PickOptions<T>,
  show: (picker: vscode.QuickPick<ValueItem<T>>, listing: Listing<T>) => void,
  listen: (
    picker: vscode.QuickPick<ValueItem<T>>,
    more: () => void,
    resolve: (answer: Answer) => void,
  ) => void,
): Promise<Answer | undefined> {
  const picker = vscode.window.createQuickPick<ValueItem<T>>();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  try {
    return await new Promise<Answer | undefined>((resolve, reject) => {
      const showOf = (listing: Listing<T>): void => {
        show(picker, listing);
      };
      listen(picker, fillPicker(picker, options, showOf, reject), resolve);
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

/**
 * Has a picker show what a listing has first, and by what this answers what follows: the next page, or those as far as the one with
 * what is typed, which is then the active row. `fail` is told why neither could be shown.
 */
function fillPicker<T>(
  picker: vscode.QuickPick<ValueItem<T>>,
  { load, loadMore, describe }: PickOptions<T>,
  show: (listing: Listing<T>) => void,
  fail: (error: unknown) => void,
): () => void {
  let isOpen = true;
  picker.onDidHide(() => {
    isOpen = false;
  });
  const act = async (work: () => Promise<void>): Promise<void> => {
    picker.busy = true;
    await work();
    picker.busy = false;
  };
  const showFirst = async (): Promise<void> => {
    const listing = await load();
    if (listing.items.length === 0 && listing.failure !== undefined) throw listing.failure as Error;
    show(listing);
  };
  const showMore = async (): Promise<void> => {
    const text = picker.value;
    const isWanted = () => isOpen && picker.value === text;
    const textOf = (value: T) => {
      const { label, description = '' } = describe(value);
      return `${label}\n${description}`;
    };
    const found = await readOn({ load, loadMore, textOf }, { text, isWanted, show });
    if (found !== undefined) picker.activeItems = picker.items.filter(({ value }) => value === found);
  };
  act(showFirst).catch(fail);
  return () => {
    if (!picker.busy) act(showMore).catch(fail);
  };
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
