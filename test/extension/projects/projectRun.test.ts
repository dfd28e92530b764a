import { deepEqual, equal } from 'node:assert/strict';
import { listCodes, type FoundCode } from '../../../extension/projects/chooseCode';
import { orderFiles } from '../../../extension/projects/commitFiles';
import { readProjectRun, readRunParameters } from '../../../extension/projects/projectRun';

const project = { 'mlflow.source.type': 'PROJECT', 'mlflow.project.entryPoint': 'main' };
const read = (tags: Readonly<Record<string, string>>, there: readonly string[] = []) =>
  readProjectRun({ tags: new Map(Object.entries({ ...project, ...tags })) }, (path) => there.includes(path));

describe('How a run was started, by its tags', () => {
  it('is unknown of a run that no project made', () => {
    equal(read({ 'mlflow.source.name': 'train.py', 'mlflow.source.type': 'LOCAL' }), undefined);
    equal(read({}), undefined);
    equal(read({ 'mlflow.source.name': '/p', 'mlflow.project.entryPoint': '' }), undefined);
  });

  it('tells folders, folders in repositories and addresses apart', () => {
    const placeOf = (source: string, ...there: readonly string[]) =>
      read({ 'mlflow.source.name': source }, there)?.place;
    deepEqual(placeOf('/a/p'), { kind: 'folder', root: '/a/p', subdirectory: '' });
    deepEqual(placeOf('file:///a/r#models/one'), {
      kind: 'folder',
      root: '/a/r',
      subdirectory: 'models/one',
    });
    deepEqual(placeOf('/a/c#', '/a/c#'), { kind: 'folder', root: '/a/c#', subdirectory: '' });
    deepEqual(placeOf('https://host/r.git#sub'), {
      ...{ kind: 'remote', root: 'https://host/r.git', subdirectory: 'sub' },
    });
    deepEqual(placeOf('file://C:\\a\\r'), { kind: 'folder', root: 'C:\\a\\r', subdirectory: '' });
  });

  it('has the environment that MLflow noted, and the Python of MLflow where it noted none', () => {
    const managerOf = (tags: Readonly<Record<string, string>>) =>
      read({ 'mlflow.source.name': '/p', ...tags })?.environmentManager;
    equal(managerOf({}), 'local');
    equal(managerOf({ 'mlflow.project.env': 'uv' }), 'uv');
    equal(managerOf({ 'mlflow.project.env': 'docker' }), undefined);
    equal(managerOf({ 'mlflow.project.backend': 'databricks' }), undefined);
  });

  it('has the image of its container, by whichever tag MLflow noted it', () => {
    const imageOf = (tags: Readonly<Record<string, string>>) =>
      read({ 'mlflow.source.name': '/p', ...tags })?.image;
    equal(imageOf({ 'mlflow.docker.image.uri': 'a:1' }), 'a:1');
    equal(imageOf({ 'mlflow.docker.image.name': 'a' }), 'a');
    equal(imageOf({}), undefined);
  });

  it('has an address only where MLflow could fetch from it', () => {
    const addressOf = (url: string) =>
      read({ 'mlflow.source.name': 'file:///r', 'mlflow.source.git.repoURL': url })?.address;
    equal(addressOf('git@host:me/r.git'), 'git@host:me/r.git');
    equal(addressOf('/srv/r.git'), undefined);
  });

  it('gives what the entry point declares, and asks about the rest', () => {
    const params = new Map([
      ...[
        ['data', '/a/r/data/x.csv'] as const,
        ['other', '/b/x.csv'] as const,
        ['note', `'it'"'"'s $x'`] as const,
      ],
      ['loss', '0.1'] as const,
    ]);
    const parameters = [
      { name: 'data', type: 'path', default: undefined },
      { name: 'other', type: 'path', default: undefined },
      { name: 'note', type: 'string', default: '' },
      { name: 'new', type: 'string', default: 'x' },
    ];
    const { given, unclear } = readRunParameters(
      { params },
      { name: 'main', parameters, command: undefined },
      '/a/r',
    );
    deepEqual(Object.fromEntries(given), { data: 'data/x.csv', other: '/b/x.csv', note: "it's $x" });
    deepEqual([...unclear], [['loss', '0.1']]);
    deepEqual([...readRunParameters({ params }, undefined, undefined).unclear.keys()], [...params.keys()]);
  });
});

describe('The codes that a run can be made of again', () => {
  const kinds = (found: Partial<FoundCode>): readonly string[] =>
    listCodes({
      ...{ commit: 'abcdef1', isRemote: false, address: undefined, root: undefined, folder: undefined },
      ...{ isSame: false, ...found },
    }).map(({ kind }) => kind);

  it('are the folder alone where it is at the commit', () => {
    deepEqual(kinds({ isSame: true, root: '/r', folder: '/r/p', address: 'https://h/r' }), ['present']);
  });

  it('begin with a copy of the commit where the folder has moved on', () => {
    deepEqual(kinds({ root: '/r', folder: '/r/p', address: 'https://h/r' }), ['copy', 'present', 'fetch']);
  });

  it('begin with the address where the project came from one', () => {
    deepEqual(kinds({ isRemote: true, address: 'https://h/r' }), ['fetch']);
    deepEqual(kinds({ isRemote: true, address: 'https://h/r', root: '/r', folder: '/r' }), [
      ...['fetch', 'copy', 'present'],
    ]);
  });

  it('are none where nothing is left', () => {
    deepEqual(kinds({}), []);
    deepEqual(kinds({ commit: undefined, folder: '/p' }), ['present']);
  });
});

describe('The files of a run’s commit', () => {
  it('begin with the script that the run names, or the MLproject of its folder', () => {
    const files = ['MLproject', 'a/MLproject', 'a/train.py', 'b.py'];
    deepEqual(orderFiles(files, '/r/a/train.py')[0], 'a/train.py');
    deepEqual(orderFiles(files, 'file:///r#a'), ['a/MLproject', 'MLproject', 'a/train.py', 'b.py']);
    deepEqual(orderFiles(files, ''), files);
  });
});
