import { deepEqual, equal, match } from 'node:assert/strict';
import {
  findKept,
  findNameProblem,
  readKept,
  type KeptConnection,
} from '../../../extension/connections/keptConnections';

const kept: readonly KeptConnection[] = [
  { name: 'Team', uri: 'http://localhost:5000', scope: 'user' },
  { name: 'Here', uri: 'sqlite:///mlflow.db', scope: 'workspace' },
];

describe('readKept', () => {
  it('reads names and URIs, and leaves out what is no connection', () => {
    const value: unknown = [
      { name: ' A ', uri: 'http://a' },
      null,
      1,
      {},
      { name: '', uri: 'x' },
      { name: 'B' },
    ];
    deepEqual(readKept(value, 'user'), [{ name: 'A', uri: 'http://a', scope: 'user' }]);
    for (const other of [undefined, null, 'x', { name: 'A', uri: 'x' }])
      deepEqual(readKept(other, 'user'), []);
  });
});

describe('findKept', () => {
  const find = (uri: string, path?: string) => findKept({ uri, path }, kept, ['/folder'])?.name;

  it('knows a place by either name of this machine', () => {
    equal(find('http://127.0.0.1:5000'), 'Team');
    equal(find('http://127.0.0.1:5001'), undefined);
  });

  it('knows a local store by its path, however that was written', () => {
    equal(find('sqlite:////folder/mlflow.db', '/folder/mlflow.db'), 'Here');
    equal(find('sqlite:////other/mlflow.db', '/other/mlflow.db'), undefined);
  });
});

describe('findNameProblem', () => {
  it('refuses an empty name and one that is taken', () => {
    match(findNameProblem(' ', kept) ?? '', /Enter a name/);
    match(findNameProblem(' team', kept) ?? '', /“team” already/);
    equal(findNameProblem('Other', kept), undefined);
  });
});
