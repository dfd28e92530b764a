import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from 'vscode-languageserver/node';

/** A document on disk, and the places in it where somebody types. */
export interface BenchDocument extends Typing {
  readonly folder: string;
  readonly uri: string;
  /** As our server calls it. */
  readonly languageId: string;
  readonly text: string;
}

export interface Typing {
  /** In the line of a fault, before it: whatever is typed here moves the end of the fault. */
  readonly beforeFault: Position;
  /** In which columns the fault may end, before anything is typed: servers show more or less of the line. */
  readonly faultEnds: readonly number[];
  /** Where the word is to be written. */
  readonly atWord: Position;
  /** One that completion offers. */
  readonly word: string;
}

/** Writes a document and what lies beside it into a folder of its own. */
export async function writeDocument(
  name: string,
  lines: readonly string[],
  typing: Typing,
  beside: Readonly<Record<string, string>>,
): Promise<BenchDocument> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const text = `${lines.join('\n')}\n`;
  for (const [file, content] of Object.entries({ ...beside, [name]: text }))
    await writeFile(join(folder, file), content);
  const uri = pathToFileURL(join(folder, name)).href;
  return { folder, uri, languageId: name.toLowerCase(), text, ...typing };
}
