import { deepEqual, equal, throws } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  listArtifactsAt,
  readArtifactAt,
  readArtifactBytesAt,
} from '../../../../extension/tracking/local/artifacts';

describe('Artifacts in files', () => {
  let folder: string;
  let root: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'artifacts test-'));
    root = join(folder, 'run/artifacts');
    mkdirSync(join(root, 'model/code'), { recursive: true });
    writeFileSync(join(root, 'model/MLmodel'), 'flavors: {}\n');
    writeFileSync(join(root, 'a%20b.txt'), 'x');
    writeFileSync(join(folder, 'secret'), 'hidden');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are listed by name, with the sizes of files in bytes', () => {
    deepEqual(listArtifactsAt(root, '', folder), [
      { path: 'a%20b.txt', isDirectory: false, size: 1 },
      { path: 'model', isDirectory: true, size: undefined },
    ]);
    deepEqual(listArtifactsAt(root, 'model', folder), [
      { path: 'model/MLmodel', isDirectory: false, size: 12 },
      { path: 'model/code', isDirectory: true, size: undefined },
    ]);
    deepEqual(listArtifactsAt(root, 'model/MLmodel', folder), []);
    equal(readArtifactAt(root, 'model/MLmodel', folder), 'flavors: {}\n');
    equal(readArtifactAt(root, 'a%20b.txt', folder), 'x');
  });

  it('are found by every kind of location that means a folder of this machine', () => {
    mkdirSync(join(folder, 'mlartifacts/0'), { recursive: true });
    writeFileSync(join(folder, 'mlartifacts/0/served'), '');
    for (const location of [
      root,
      pathToFileURL(root).href,
      `file:${root}`,
      'run/artifacts',
      './run/artifacts',
      'file:run/artifacts',
    ]) {
      equal(listArtifactsAt(location, 'model', folder).length, 2, location);
    }
    equal(listArtifactsAt('mlflow-artifacts:/0', '', folder)[0]?.path, 'served');
    equal(listArtifactsAt('mlflow-artifacts://host:5000/0', '', folder)[0]?.path, 'served');
  });

  it('that were never logged are none', () => {
    deepEqual(listArtifactsAt(join(folder, 'nothing'), '', folder), []);
    deepEqual(listArtifactsAt(root, 'nothing/at/all', folder), []);
    equal(readArtifactAt(root, 'nothing', folder), undefined);
    equal(readArtifactAt(root, 'model', folder), undefined);
  });

  it('elsewhere cannot be listed, and the message says where they are', () => {
    for (const location of [
      's3://bucket/x',
      'gs://b/x',
      'dbfs:/x',
      'https://host/x',
      'mlflow-artifacts:/0',
      'C:\\runs',
      'file://host/x',
    ]) {
      throws(
        () => listArtifactsAt(location, '', folder),
        (error: Error) => 'kind' in error && error.kind === 'unsupported' && error.message.includes(location),
        location,
      );
    }
  });

  for (const path of [
    '..',
    '../secret',
    'model/../../secret',
    '/etc/passwd',
    '%2e%2e/secret',
    '%252e%252e/secret',
    '%25252e%25252e/secret',
    '..%2fsecret',
    '..%252fsecret',
    '..\\secret',
    '%5c..%5csecret',
    'model\\..\\x',
    'C:/x',
    'c:',
    '%43%3a/x',
    'a\0b',
    'a%00b',
    '..;/secret',
    'model/..;/x',
    '%2e./secret',
    '.%2e/secret',
    'model/%2e%2e/%2e%2e/secret',
  ]) {
    it(`are not left by the path ${JSON.stringify(path)}`, () => {
      throws(() => listArtifactsAt(root, path, folder), { name: 'TrackingError', kind: 'rejected' });
      throws(() => readArtifactAt(root, path, folder), { name: 'TrackingError', kind: 'rejected' });
      throws(() => readArtifactBytesAt(root, path, folder, 99), { name: 'TrackingError', kind: 'rejected' });
    });
  }

  it('are not left by a link, which is listed but cannot be entered', () => {
    symlinkSync(folder, join(root, 'out'));
    symlinkSync('model', join(root, 'in'));
    symlinkSync('loop', join(root, 'loop'));
    deepEqual(
      listArtifactsAt(root, '', folder).map(({ path, isDirectory, size }) => [path, isDirectory, size]),
      [
        ['a%20b.txt', false, 1],
        ['in', true, undefined],
        ['loop', false, undefined],
        ['model', true, undefined],
        ['out', false, undefined],
      ],
    );
    equal(listArtifactsAt(root, 'in', folder).length, 2);
    throws(() => listArtifactsAt(root, 'out', folder), { kind: 'rejected' });
    throws(() => readArtifactAt(root, 'out/secret', folder), { kind: 'rejected' });
    throws(() => listArtifactsAt(root, 'loop', folder), { kind: 'damaged' });
  });

  it('above 1 MiB are not read', () => {
    writeFileSync(join(root, 'large'), Buffer.alloc(2 ** 20 + 1));
    throws(() => readArtifactAt(root, 'large', folder), { kind: 'tooLarge' });
  });

  it('are read as bytes, up to the limit that is asked for', () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    writeFileSync(join(root, 'bytes'), bytes);
    writeFileSync(join(root, 'empty'), '');
    deepEqual(readArtifactBytesAt(root, 'bytes', folder, 4), new Uint8Array(bytes));
    equal(readArtifactBytesAt(root, 'empty', folder, 4)?.byteLength, 0);
    throws(() => readArtifactBytesAt(root, 'bytes', folder, 3), { kind: 'tooLarge' });
    equal(readArtifactBytesAt(root, 'model', folder, 4), undefined);
  });
});
