import { basename, dirname } from 'node:path';
import type { ModelVersionTarget } from '../manifest';
import { longestName, type ModelSource } from '../ui/modelsOfRun';
import { plainText } from '../ui/text';

/** A version by its number, or by an alias: `@champion`. */
export function modelOfVersion({ modelName, version }: ModelVersionTarget): ModelSource {
  const uri = version.startsWith('@') ? `models:/${modelName}${version}` : `models:/${modelName}/${version}`;
  return { uri, name: plainText(`${modelName} ${version}`, longestName) };
}

/** The model whose MLmodel file is at that path. */
export function modelOfFile(path: string): ModelSource {
  const folder = dirname(path);
  return { uri: folder, name: plainText(basename(folder), longestName) };
}
