import { deepEqual, match } from 'node:assert/strict';
import { findEnvironmentManagers } from '../../../extension/processes/environmentManagers';

function find(
  files: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  version = '3.17.2',
) {
  return findEnvironmentManagers({
    python: { python: '/venv/bin/python', version },
    environment: { PATH: '/usr/bin:relative', ...environment },
    platform: 'linux',
    exists: (path) => files.includes(path),
  });
}

const there = (found: ReturnType<typeof find>) =>
  found.filter(({ isThere }) => isThere).map(({ name }) => name);

describe('Environment managers', () => {
  it('are local alone where there is nothing else, with what is missing', () => {
    const found = find([]);
    deepEqual(there(found), ['local']);
    match(found[1]?.reason ?? '', /no pyenv/);
    match(found[2]?.reason ?? '', /no uv/);
    match(found[3]?.reason ?? '', /no conda/);
  });

  it('are found beside Python and on PATH, but not in relative folders', () => {
    deepEqual(there(find(['/venv/bin/uv', 'relative/conda'])), ['local', 'uv']);
    deepEqual(there(find(['/usr/bin/conda'])), ['local', 'conda']);
  });

  it('of virtualenv need pyenv too, and virtualenv itself before MLflow 3.10', () => {
    match(find(['/venv/bin/virtualenv'])[1]?.reason ?? '', /no pyenv/);
    match(find(['/usr/bin/pyenv'], {}, '3.9.1')[1]?.reason ?? '', /no virtualenv/);
    deepEqual(there(find(['/usr/bin/pyenv', '/venv/bin/virtualenv'], {}, '2.0.1')), ['local', 'virtualenv']);
    deepEqual(there(find(['/usr/bin/pyenv'])), ['local', 'virtualenv']);
  });

  it('of uv need an MLflow that knows it', () => {
    match(find(['/usr/bin/uv'], {}, '2.19.0')[2]?.reason ?? '', /MLflow 2\.19\.0 cannot use uv/);
    deepEqual(there(find(['/usr/bin/uv'], {}, '2.20.0')), ['local', 'uv']);
  });

  it('of conda are those that MLflow’s variables name', () => {
    deepEqual(there(find(['/opt/conda/bin/conda'], { MLFLOW_CONDA_HOME: '/opt/conda' })), ['local', 'conda']);
    deepEqual(there(find(['/usr/bin/conda'], { CONDA_EXE: '/gone/conda' })), ['local']);
  });
});
