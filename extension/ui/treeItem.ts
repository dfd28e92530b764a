import * as vscode from 'vscode';
import { toMarkdown } from './text';
import type { RowIcon, Tip, TreeRow } from './treeRow';

/** A row as VS Code takes it. Its tooltip comes when somebody hovers. */
export function toTreeItem(id: string, row: TreeRow, command: vscode.Command | undefined): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(row.label, row.isExpandable ? Collapsed : None);
  item.id = id;
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.description !== undefined) item.description = row.description;
  if (row.resource) item.resourceUri = vscode.Uri.from(row.resource);
  if (row.icon) setIcon(item, row.icon);
  if (command) item.command = command;
  return item;
}

export function toThemeIcon(icon: RowIcon): vscode.ThemeIcon {
  if (icon.kind === 'file') return vscode.ThemeIcon.File;
  return icon.color === undefined
    ? new vscode.ThemeIcon(icon.id)
    : new vscode.ThemeIcon(icon.id, new vscode.ThemeColor(icon.color));
}

/** Text only: nothing in it is a link, a command or an image, whatever a stranger wrote. */
export function toTooltip({ title, facts, text }: Tip): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(`**${toMarkdown(title)}**`);
  for (const [name, value] of facts) {
    if (value === undefined || value === '') continue;
    tooltip.appendMarkdown(`  \n${toMarkdown(`${name}: ${value}`)}`);
  }
  if (text) tooltip.appendMarkdown(`\n\n${toMarkdown(text)}`);
  return tooltip;
}

function setIcon(item: vscode.TreeItem, icon: RowIcon): void {
  item.iconPath = toThemeIcon(icon);
  // Only the name's ending matters to the icon theme; the scheme is nobody's.
  if (icon.kind === 'file') {
    item.resourceUri = vscode.Uri.from({ scheme: 'mlflow-name', path: `/${icon.name.replaceAll('/', '_')}` });
  }
}
