import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { loadCompiled } from './compiledCode';
import type * as served from './serveProcess';

tuneEngine();

// Not in the folder for temporary files: others could write there what we would run.
const { exports: program, keepSoon } = loadCompiled(
  join(__dirname, 'serveProcess.js'),
  join(cacheFolder(), 'mlflow-lens', 'compiled'),
);
(program as typeof served).serveProcess(keepSoon);

/**
 * V8 is set up for programs that work all the time. Ours works for moments: the room for garbage, which V8 doubles again and
 * again, and the greater of its two optimisers take a third of the memory and pay only in documents larger than anyone's.
 */
function tuneEngine(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  // Earlier versions use the greater one alone.
  if (parseInt(process.versions.v8) < 13) return;
  setFlagsFromString('--no-opt');
  setFlagsFromString('--invocation-count-for-maglev=20000');
}

/** Where programs of this user keep what they can make again. */
function cacheFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME ?? join(homedir(), '.cache');
}
