import { deepEqual, throws } from 'node:assert/strict';
import { readBackend, readLocalBackend } from '../../../extension/localServer/backend';

describe('What a local server can serve', () => {
  const sqlite = { kind: 'sqlite', uri: 'sqlite:////project/mlflow.db', path: '/project/mlflow.db' };
  const files = { kind: 'files', uri: 'file:///project/mlruns', path: '/project/mlruns' };
  const cases: readonly (readonly [uri: string, backend: unknown])[] = [
    ['sqlite:///mlflow.db', sqlite],
    ['sqlite:////project/mlflow.db', sqlite],
    ['sqlite:////project/sub/../mlflow.db', sqlite],
    ['sqlite+pysqlite:///mlflow.db', { ...sqlite, uri: 'sqlite+pysqlite:////project/mlflow.db' }],
    ['sqlite:///mlflow.db?timeout=9', { ...sqlite, uri: 'sqlite:////project/mlflow.db?timeout=9' }],
    ['./mlruns', files],
    ['mlruns', files],
    ['/project/mlruns', files],
    ['file:mlruns', files],
    ['file:///project/mlruns', files],
    ['/project/my runs', { kind: 'files', uri: 'file:///project/my%20runs', path: '/project/my runs' }],
  ];
  for (const [uri, backend] of cases) {
    it(`${uri}, in the folder /project`, () => {
      deepEqual(readBackend(uri, '/project'), backend);
    });
  }

  for (const scheme of ['postgresql', 'postgresql+psycopg2', 'mysql+pymysql', 'mssql+pyodbc']) {
    it(`a database by ${scheme}, whose URI stays as it is`, () => {
      const uri = `${scheme}://me:p@ss@host/db?a=b`;
      deepEqual(readBackend(uri, undefined), { kind: 'database', uri, path: undefined });
    });
  }

  it('nothing relative where no folder is open', () => {
    throws(() => readBackend('sqlite:///mlflow.db', undefined), /relative path/);
    throws(() => readBackend('./mlruns', undefined), /relative path/);
  });

  for (const uri of [
    'http://127.0.0.1:5000',
    'databricks://profile',
    's3://bucket',
    'sqlite://',
    'sqlite:///:memory:',
  ]) {
    it(`not ${uri}`, () => {
      throws(() => readBackend(uri, '/project'), { name: 'UserError' });
    });
  }

  it('a store by its path, as MLflow would open it', () => {
    deepEqual(readLocalBackend('sqlite', '/project/mlflow.db'), sqlite);
    deepEqual(readLocalBackend('files', '/project/mlruns'), files);
    deepEqual(readLocalBackend('files', '/a?b').uri, 'file:///a%3Fb');
    throws(() => readLocalBackend('sqlite', '/a?b/mlflow.db'), /“\?” would mean something else/);
    throws(() => readLocalBackend('sqlite', '/a%3f/mlflow.db'), /“%3f” would/);
    deepEqual(readLocalBackend('sqlite', '/100%/a.db').uri, 'sqlite:////100%/a.db');
  });

  it('no folder of another machine', () => {
    throws(() => readBackend('file://elsewhere/mlruns', '/project'), /names no folder of this machine/);
  });
});
