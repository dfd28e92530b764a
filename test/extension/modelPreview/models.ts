import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel, type ReadModel } from '../../../extension/modelPreview/readModel';
import { composeModel, type AboutModel } from '../../../extension/modelPreview/composeModel';
import type { ModelFiles } from '../../../extension/modelPreview/fileText';
import type { ModelPreview } from '../../../webviews/protocol/modelPreview';

/** A model whose files lie in memory. */
export function filesOf(texts: Readonly<Record<string, string>>): ModelFiles {
  return {
    read: (name) => {
      const text = texts[name];
      return Promise.resolve(text === undefined ? { kind: 'missing' } : { kind: 'text', text });
    },
    look: (name) => Promise.resolve({ kind: name in texts ? 'there' : 'missing' }),
  };
}

export const nobody: AboutModel = { name: 'churn', uri: '/models/churn', findVersion: () => undefined };

/** What a preview shows of a model when all of it was read. */
export async function previewOf(
  texts: Readonly<Record<string, string>>,
  about: Partial<AboutModel> = {},
): Promise<ModelPreview> {
  let last: ReadModel | undefined;
  await readModel(filesOf(texts), (read) => (last = read));
  if (!last) throw new Error('nothing was read');
  return composeModel(last, { ...nobody, ...about });
}

/** The files of a model on disk, by name; what is no text, too. */
export async function listModelFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
