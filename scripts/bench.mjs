// npm run bench -- rest activation [--runs N] [--reps N] [--json F]
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare({ dist: true });
  await runMain('test/bench/benchMain.js');
} catch (error) {
  fail(error);
}
