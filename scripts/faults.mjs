// npm run faults -- http|stores [--short] [--seed S] [--only PATTERN]: breaks what is between a real MLflow and us, or its stores
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare();
  await runMain('test/faults/faultsMain.js');
} catch (error) {
  fail(error);
}
