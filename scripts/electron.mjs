// npm run test:electron [-- --grep X]: the host tier in a desktop VS Code, which is downloaded.
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare({ dist: true });
  await runMain('test/support/electronMain.js');
} catch (error) {
  fail(error);
}
