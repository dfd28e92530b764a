import { deepEqual, equal } from 'node:assert/strict';
import nodePath from 'node:path';
import fc from 'fast-check';
import {
  collectStores,
  mayBringStores,
  mayHaveLost,
  type FoundStore,
} from '../../../extension/connections/collectStores';

const posix = { path: nodePath.posix };
const windows = { path: nodePath.win32 };

function found(files: readonly string[], folders: readonly string[] = ['/w']): readonly string[] {
  return collectStores(files, folders, posix).map(({ kind, path }) => `${kind} ${path}`);
}

describe('collectStores', () => {
  it('finds databases and mlruns directories at any depth, shallowest first, each once', () => {
    deepEqual(
      found([
        '/w/notebooks/b/mlflow.db',
        '/w/notebooks/mlruns/0/meta.yaml',
        '/w/notebooks/mlruns/123456789012345678/meta.yaml',
        '/w/b/mlflow.db',
        '/w/a/mlflow.db',
        '/w/mlflow.db',
        '/w/mlflow.db',
      ]),
      [
        'sqlite /w/mlflow.db',
        'sqlite /w/a/mlflow.db',
        'sqlite /w/b/mlflow.db',
        'files /w/notebooks/mlruns',
        'sqlite /w/notebooks/b/mlflow.db',
      ],
    );
  });

  it('takes an mlruns without experiments for the artifacts of the mlflow.db beside it', () => {
    deepEqual(
      found(['/w/mlflow.db', '/w/mlruns/0/4f/artifacts/model/meta.yaml', '/w/mlruns/models/meta.yaml']),
      ['sqlite /w/mlflow.db'],
    );
  });

  it('takes no meta.yaml of a run, a model or the trash for an experiment', () => {
    deepEqual(
      found([
        '/w/mlruns/0/0123456789abcdef0123456789abcdef/meta.yaml',
        '/w/mlruns/.trash/0/meta.yaml',
        '/w/mlruns/models/m/meta.yaml',
        '/w/data/0/meta.yaml',
        '/w/mlruns/meta.yaml',
        '/w/.trash/mlruns/0/meta.yaml',
      ]),
      [],
    );
  });

  it('leaves out the folders of packages, environments and copies', () => {
    deepEqual(
      found([
        '/w/node_modules/x/mlflow.db',
        '/w/.venv/lib/mlflow.db',
        '/w/a/venv/mlruns/0/meta.yaml',
        '/w/lib/site-packages/mlflow.db',
        '/w/mlartifacts/mlflow.db',
      ]),
      [],
    );
    deepEqual(found(['/w/venv/mlflow.db'], ['/w/venv']), ['sqlite /w/venv/mlflow.db']);
  });

  it('takes a workspace folder for an mlruns directory, whatever its name', () => {
    deepEqual(found(['/w/runs/0/meta.yaml'], ['/w/runs']), ['files /w/runs']);
    deepEqual(found(['/w/data/0/meta.yaml', '/w/data/1/x/meta.yaml']), []);
  });

  it('finds nothing outside of the workspace', () => {
    deepEqual(found(['/x/mlflow.db', '/wx/mlflow.db']), []);
  });

  it('says what MLflow would call them, and what people would', () => {
    const files = ['D:\\w\\a b\\mlflow.db', 'D:\\w\\mlruns\\0\\meta.yaml'];
    deepEqual(
      collectStores(files, ['D:\\w'], windows).map(({ uri, label }) => [uri, label]),
      [
        ['file:///D:/w/mlruns', 'mlruns'],
        ['sqlite:///D:/w/a b/mlflow.db', 'a b/mlflow.db'],
      ],
    );
  });

  it('stops at fifty of each kind, the shallowest', () => {
    const files = Array.from({ length: 60 }, (_, index) => `/w/d${index}/mlflow.db`);
    const all = found([...files, '/w/mlflow.db', '/w/x/mlruns/0/meta.yaml']);
    equal(all.length, 51);
    equal(all[0], 'sqlite /w/mlflow.db');
    equal(all.includes('files /w/x/mlruns'), true);
  });

  it('does not depend on the order in which files are found', () => {
    const files = ['/w/mlflow.db', '/w/a/mlflow.db', '/w/b/mlruns/1/meta.yaml', '/w/b/mlruns/0/meta.yaml'];
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: 4 }), (shuffled) => {
        deepEqual(found(shuffled), found(files));
      }),
    );
  });
});

describe('mayHaveLost', () => {
  const stores: readonly FoundStore[] = collectStores(
    ['/w/a/mlflow.db', '/w/b/mlruns/0/meta.yaml'],
    ['/w'],
    posix,
  );

  it('is moved by the end of a store, of a folder around it, or of an experiment in it', () => {
    for (const path of [
      '/w/a/mlflow.db',
      '/w/a',
      '/w',
      '/w/b/mlruns',
      '/w/b/mlruns/0',
      '/w/b/mlruns/0/meta.yaml',
    ]) {
      equal(mayHaveLost(path, stores, posix), true, path);
    }
  });

  it('is not moved by what else comes to an end', () => {
    for (const path of [
      '/w/a/mlflow.db-journal',
      '/w/ab',
      '/w/b/mlruns/0/run',
      '/w/b/mlruns/0/run/meta.yaml',
      '/x',
    ]) {
      equal(mayHaveLost(path, stores, posix), false, path);
    }
  });
});

describe('mayBringStores', () => {
  it('is moved by what may be a folder, except where runs and packages are written', () => {
    const paths = [
      '/w/a',
      '/w/a/mlruns',
      '/w/mlruns/0',
      '/w/a/mlruns/0/r/artifacts',
      '/w/x.py',
      '/w/venv/lib',
      '/x',
    ];
    deepEqual(
      paths.filter((path) => mayBringStores(path, ['/w'], posix)),
      ['/w/a', '/w/a/mlruns'],
    );
  });
});
