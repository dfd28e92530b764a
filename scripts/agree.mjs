// npm run agree -- mlproject|mlmodel [--dir D] [--seed S] [--cases N]: our diagnostics beside MLflow's own verdicts
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare();
  await runMain('test/agree/agreeMain.js');
} catch (error) {
  fail(error);
}
