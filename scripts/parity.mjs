// npm run parity -- [sqlite|files|rest…] [--seed S] [--cases N]: our stores beside MLflow's own client
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare();
  await runMain('test/parity/parityMain.js');
} catch (error) {
  fail(error);
}
