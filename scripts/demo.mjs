// npm run demo: makes the demo's mlflow.db anew, with a real MLflow
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare();
  await runMain('test/support/demoMain.js');
} catch (error) {
  fail(error);
}
