import * as vscode from 'vscode';
import type { Choice, ChoiceRow, ChoiceSection, RowButton } from './connectChoices';
import type { FoundServer } from './probeServers';

export interface ConnectPickOptions {
  readonly list: (servers: readonly FoundServer[]) => readonly ChoiceSection[];
  /** Looks for servers and stores that nobody named, until the pick closes. */
  readonly probe: (onFound: (server: FoundServer | undefined) => void, signal: AbortSignal) => Promise<void>;
  readonly press: (button: RowButton) => Promise<void>;
}

/** What the user chose and what they had typed by then. */
export interface Chosen {
  readonly choice: Choice;
  readonly typed: string;
}

interface Item extends vscode.QuickPickItem {
  readonly row?: ChoiceRow;
}

/** `MLflow: Connect…`: the list stands at once and grows while it is open; undefined when the user closes it. */
export async function pickConnection(options: ConnectPickOptions): Promise<Chosen | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const closing = new AbortController();
  try {
    pick.title = 'Connect to MLflow';
    pick.placeholder = 'Where is MLflow?';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.keepScrollPosition = true;
    pick.ignoreFocusOut = true;
    keepListed(pick, options, closing.signal);
    pick.show();
    return await waitForChoice(pick);
  } finally {
    closing.abort();
    pick.dispose();
  }
}

function keepListed(pick: vscode.QuickPick<Item>, options: ConnectPickOptions, signal: AbortSignal): void {
  const found: FoundServer[] = [];
  const list = () => {
    const active = pick.activeItems[0]?.row?.id;
    pick.items = options.list(found).flatMap(toItems);
    const same = pick.items.filter((item) => active !== undefined && item.row?.id === active);
    if (same.length > 0) pick.activeItems = same;
  };
  list();
  pick.onDidTriggerItemButton(({ item }) => {
    if (item.row?.button) void options.press(item.row.button).then(list);
  });
  pick.busy = true;
  void options
    .probe((server) => {
      if (server) found.push(server);
      if (!signal.aborted) list();
    }, signal)
    .then(() => {
      if (!signal.aborted) pick.busy = false;
    });
}

async function waitForChoice(pick: vscode.QuickPick<Item>): Promise<Chosen | undefined> {
  return await new Promise((resolve) => {
    pick.onDidAccept(() => {
      const row = pick.selectedItems[0]?.row;
      if (row) resolve({ choice: row.choice, typed: pick.value });
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
  });
}

function toItems({ title, rows }: ChoiceSection): readonly Item[] {
  const separator: Item = { label: title, kind: vscode.QuickPickItemKind.Separator };
  return [separator, ...rows.map(toItem)];
}

function toItem(row: ChoiceRow): Item {
  const { label, description, detail, button } = row;
  return {
    row,
    label,
    // So that who types an address that is not listed may enter it.
    alwaysShow: row.choice.kind === 'enter',
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(button && { buttons: [buttons[button.kind]] }),
  };
}

const buttons: Readonly<Record<RowButton['kind'], vscode.QuickInputButton>> = {
  forget: { iconPath: new vscode.ThemeIcon('close'), tooltip: 'Remove from Recent' },
  remove: { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove from Connections' },
  restore: { iconPath: new vscode.ThemeIcon('discard'), tooltip: 'Undo: Keep It Again' },
};
