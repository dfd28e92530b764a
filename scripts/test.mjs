// npm test [-- plain mlflow host ui] [--grep X]
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare({ dist: true });
  await runMain('test/support/testMain.js');
} catch (error) {
  fail(error);
  console.log('0 passed, 1 failed, 0 skipped');
}
