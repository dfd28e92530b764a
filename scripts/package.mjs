// npm run package: builds the extension afresh and packages it into the clone's root.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, prepare, root, runMain } from './bootstrap.mjs';

try {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await prepare({ dist: true });
  await runMain('test/support/packageMain.js');
} catch (error) {
  fail(error);
}
