// npm start [-- --no-open --port N --browser]
import { fail, prepare, runMain } from './bootstrap.mjs';

try {
  await prepare({ dist: true });
  await runMain('test/support/startMain.js');
} catch (error) {
  fail(error);
}
