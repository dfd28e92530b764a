import { lstat, mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../ui/userError';
import { explainFailure } from '../ui/writeFailure';
import type { PlannedFile } from './downloadPlan';

/** What is done with files that are there already. */
export type CollisionChoice = 'overwrite' | 'keepBoth' | 'skip';

/** The files with the places that they get below a folder, where some may be taken; undefined where the user turns away. */
export async function settleCollisions(
  folder: string,
  files: readonly PlannedFile[],
  ask: (taken: readonly string[]) => Promise<CollisionChoice | undefined>,
): Promise<readonly PlannedFile[] | undefined> {
  const taken: PlannedFile[] = [];
  for (const file of files) if (await isTaken(folder, file.place)) taken.push(file);
  if (taken.length === 0) return files;
  const choice = await ask(taken.map(({ place }) => place));
  switch (choice) {
    case undefined:
      return undefined;
    case 'overwrite':
      return files;
    case 'skip':
      return files.filter((file) => !taken.includes(file));
    case 'keepBoth':
      return await renameTops(folder, files, new Set(taken.map(({ place }) => topOf(place))));
  }
}

/** A name that is not in use yet, like the one wished for: `model (1).pkl`. */
export function findFreeName(wished: string, isUsed: (name: string) => boolean): string {
  const [, stem = wished, ending = ''] = /^(.+?)((?:\.[^.\s]{1,8}){1,2})$/.exec(wished) ?? [];
  for (let number = 0; ; number++) {
    const name = number === 0 ? wished : `${stem} (${number})${ending}`;
    if (!isUsed(name)) return name;
  }
}

/** A folder keeps its files together, so what lies directly below the target gets the new name. */
async function renameTops(
  folder: string,
  files: readonly PlannedFile[],
  tops: ReadonlySet<string>,
): Promise<readonly PlannedFile[]> {
  const used = new Set(files.map(({ place }) => topOf(place)));
  const renamed = new Map<string, string>();
  for (const top of tops) {
    let name = findFreeName(top, (one) => used.has(one));
    while (await isTaken(folder, name)) {
      used.add(name);
      name = findFreeName(top, (one) => used.has(one));
    }
    used.add(name);
    renamed.set(top, name);
  }
  return files.map((file) => {
    const top = topOf(file.place);
    return { ...file, place: (renamed.get(top) ?? top) + file.place.slice(top.length) };
  });
}

function topOf(place: string): string {
  return place.split('/', 1)[0] ?? place;
}

async function isTaken(folder: string, place: string): Promise<boolean> {
  return (await kindOf(join(folder, ...place.split('/')))) !== 'none';
}

/**
 * The absolute path of a place below the folder that the user chose, whose own folders are made. Rejects with a UserError where
 * a link would lead out of that folder, or a file is in the way.
 */
export async function prepareTarget(folder: string, place: string): Promise<string> {
  const parts = place.split('/');
  const name = parts.pop() ?? '';
  let path = folder;
  for (const part of parts) {
    path = join(path, part);
    await prepareFolder(folder, path);
  }
  const target = join(path, name);
  if ((await kindOf(target)) === 'folder')
    throw new UserError(`${target} is a folder, which no file takes the place of.`);
  return target;
}

async function prepareFolder(folder: string, path: string): Promise<void> {
  switch (await kindOf(path)) {
    case 'none':
      await mkdir(path).catch((error: unknown) => {
        throw explainFailure(path, error);
      });
      return;
    case 'folder':
      return;
    case 'file':
      throw new UserError(`${path} is a file, so no folder can have that name.`);
    case 'link':
      await requireInside(folder, path);
  }
}

async function requireInside(folder: string, link: string): Promise<void> {
  const [root, real] = await Promise.all([realpath(folder), realpath(link).catch(() => undefined)]);
  const way = real === undefined ? '..' : relative(root, real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw new UserError(`${link} is a link that leads out of the folder you chose.`);
}

async function kindOf(path: string): Promise<'none' | 'file' | 'folder' | 'link'> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'link';
    return stats.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'none';
    throw explainFailure(path, error);
  }
}
