import { mkdir } from 'node:fs/promises';
import { runToEnd } from './processes';

/** Makes that folder and mounts a disk of so many bytes (`64k`) there; undefined where that is not allowed: only an administrator of Linux may. */
export async function mountSmall(folder: string, size: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  return await runToEnd('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).then(
    () => folder,
    () => undefined,
  );
}

export async function unmount(folder: string): Promise<void> {
  await runToEnd('umount', [folder]);
}
