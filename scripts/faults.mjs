// npm run faults -- http|stores|launch|lsp|paths|xss [--short] [--seed S] [--edits N] [--only PATTERN]: breaks what is between a real MLflow and us, or its
// stores; or fills them, or launches, with what is not meant to be run
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare({ dist: true });
  await runMain('test/faults/faultsMain.js');
} catch (error) {
  fail(error);
}
