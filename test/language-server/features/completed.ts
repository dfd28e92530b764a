import { equal } from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver-types';
import { complete } from '../../../language-server/features/complete';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { defaultSettings } from '../../../language-server/settings';
import { factsOf, filesOf, type Folder, openDocument, readCaret } from './projectFolder';

type Kind = OpenDocument['kind'];

export async function itemsAt(
  marked: string,
  folder: Folder = {},
  kind: Kind = 'mlproject',
  settings = defaultSettings,
): Promise<CompletionItem[]> {
  const { text, offset } = readCaret(marked);
  const document = openDocument(text, kind);
  const facts = await factsOf(document, folder);
  const items = await complete(document, offset, facts, filesOf(folder), settings);
  return items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

export async function labelsAt(...args: Parameters<typeof itemsAt>): Promise<readonly string[]> {
  return (await itemsAt(...args)).map(({ label }) => label);
}

/** The document's line of the caret, and what follows, once an item is taken; tab stops are left as they are. */
export async function taken(
  label: string,
  marked: string,
  folder: Folder = {},
  kind?: Kind,
): Promise<string | undefined> {
  const item = (await itemsAt(marked, folder, kind)).find((one) => one.label === label);
  const edit = item?.textEdit;
  if (!edit || !('range' in edit)) return undefined;
  const { text } = readCaret(marked);
  const { lines } = openDocument(text);
  const [start, end] = [lines.offsetAt(edit.range.start), lines.offsetAt(edit.range.end)];
  equal(edit.range.start.line, edit.range.end.line);
  return text.slice(lines.lineStart(edit.range.start.line), start) + edit.newText + text.slice(end);
}

export const main = 'name: x\nentry_points:\n  main:\n';
export const lr = `${main}    parameters:\n      lr: {type: float, default: 0.1}\n      data: path\n`;
export const script = `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1, help="how *fast*")
p.add_argument("--data", required=True)
p.add_argument("--mode", choices=["a", "b"], default="a")
p.add_argument("--verbose", action="store_true")
p.parse_args()`;

export const commands = `
import click
@click.group()
@click.option("--config", default="a.ini")
def cli(config): pass
@cli.command()
@click.option("--lr", type=float, default=0.1)
@click.option("--fast", is_flag=True)
def fit(lr, fast): pass
@cli.group()
def show(): pass
@show.command()
def runs(): pass
cli()`;
