/** `npm run package`: writes the VSIX into the clone's root and says how large it is. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './cache';
import { packageExtension } from './vsix';

async function main(): Promise<void> {
  const root = projectRoot();
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const name = `${manifest.name}-${manifest.version}.vsix`;
  process.stdout.write(await packageExtension(root, join(root, name)));
  const { size } = await stat(join(root, name));
  process.stdout.write(`${name}: ${Math.ceil(size / 1024)} KB\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
