// npm run faults -- http [--short] [--seed S] [--only PATTERN]: breaks what is between a real MLflow and us, see test/faults.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root, stdio: 'inherit' });
const { runFaults } = createRequire(import.meta.url)(join(root, 'out/test/faults/main.js'));
process.exit(await runFaults(process.argv.slice(2)));
