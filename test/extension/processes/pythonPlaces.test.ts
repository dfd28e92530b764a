import { deepEqual } from 'node:assert/strict';
import { delimiter } from 'node:path';
import { listPythonPlaces, type PythonSources } from '../../../extension/processes/pythonPlaces';

const nothing: PythonSources = {
  setting: undefined,
  active: undefined,
  folders: [],
  path: '',
  platform: 'linux',
};
const places = (sources: Partial<PythonSources>) =>
  listPythonPlaces({ ...nothing, ...sources }).map(({ python, reason }) => `${python}: ${reason}`);

describe('The Pythons that are tried', () => {
  it('are the interpreter of the Python extension, then .venv and venv, then PATH', () => {
    const found = places({
      active: '/conda/bin/python',
      folders: ['/a', '/b'],
      path: ['/usr/bin', '/bin'].join(delimiter),
    });
    deepEqual(found, [
      '/conda/bin/python: the interpreter of the Python extension',
      '/a/.venv/bin/python: .venv in the workspace',
      '/a/venv/bin/python: venv in the workspace',
      '/b/.venv/bin/python: .venv in the workspace',
      '/b/venv/bin/python: venv in the workspace',
      '/usr/bin/python3: python3 on PATH',
      '/bin/python3: python3 on PATH',
      '/usr/bin/python: python on PATH',
      '/bin/python: python on PATH',
    ]);
  });

  it('is the one of the setting and no other, where it is set', () => {
    const others = { active: '/conda/bin/python', folders: ['/a'], path: '/usr/bin' };
    const setting = 'the setting mlflow.python.path';
    deepEqual(places({ ...others, setting: '/opt/python' }), [`/opt/python: ${setting}`]);
    deepEqual(places({ ...others, setting: 'python3.12' }), [`python3.12: ${setting}`]);
    deepEqual(places({ ...others, setting: './env/bin/python' }), [`/a/env/bin/python: ${setting}`]);
  });

  it('lie elsewhere on Windows', () => {
    deepEqual(places({ folders: ['/a'], path: '/p', platform: 'win32' }), [
      '/a/.venv/Scripts/python.exe: .venv in the workspace',
      '/a/venv/Scripts/python.exe: venv in the workspace',
      '/p/python3.exe: python3 on PATH',
      '/p/python.exe: python on PATH',
    ]);
  });

  it('are each tried once, and never from a relative folder on PATH', () => {
    const path = ['.', '', 'bin', '/usr/bin', '/usr/bin'].join(delimiter);
    deepEqual(places({ path, active: '/usr/bin/python' }), [
      '/usr/bin/python: the interpreter of the Python extension',
      '/usr/bin/python3: python3 on PATH',
    ]);
  });
});
