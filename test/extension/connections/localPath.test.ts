import { equal, throws } from 'node:assert/strict';
import nodePath from 'node:path';
import fc from 'fast-check';
import {
  findLocalPath,
  localUri,
  resolveLocalPath,
  shortenPath,
  type PathSystem,
} from '../../../extension/connections/localPath';
import { kindOfTrackingUri, readTrackingUri } from '../../../extension/connections/trackingUri';
import { TrackingError } from '../../../extension/tracking/errors';

const posix: PathSystem = { path: nodePath.posix, home: '/ann' };
const windows: PathSystem = { path: nodePath.win32, home: 'C:\\Ann' };

function rejects(uri: string, folder: string | undefined, system: PathSystem, sentence: RegExp): void {
  throws(
    () => resolveLocalPath(uri, folder, system),
    (error) => error instanceof TrackingError && error.kind === 'unsupported' && sentence.test(error.message),
  );
}

describe('resolveLocalPath', () => {
  const onPosix: Readonly<Record<string, string>> = {
    'sqlite:///mlflow.db': '/folder/mlflow.db',
    'sqlite:///sub/../mlflow.db': '/folder/mlflow.db',
    'sqlite:////data/mlflow.db': '/data/mlflow.db',
    'sqlite+pysqlite:////data/mlflow.db': '/data/mlflow.db',
    'sqlite:////data/a%20b.db': '/data/a%20b.db',
    'sqlite:////data/a#b.db': '/data/a#b.db',
    'sqlite:////data/mlflow.db?timeout=10': '/data/mlflow.db',
    'sqlite:///~/mlflow.db': '/ann/mlflow.db',
    'file:///data/my%20runs': '/data/my runs',
    'file:///data/caf%C3%A9/100%': '/data/café/100%',
    'file:///data/mlruns/': '/data/mlruns',
    'file:///data/mlruns#x': '/data/mlruns',
    'file://localhost/data/mlruns': '/data/mlruns',
    'file:/data/mlruns': '/data/mlruns',
    'file:mlruns': '/folder/mlruns',
    './mlruns': '/folder/mlruns',
    mlruns: '/folder/mlruns',
    '../mlruns': '/mlruns',
    '/data/my%20runs': '/data/my runs',
    '/': '/',
    '~': '/ann',
    '~/mlruns': '/ann/mlruns',
    '~ann': '/folder/~ann',
    'mlflow.db': '/folder/mlflow.db',
    './my%20.sqlite3': '/folder/my%20.sqlite3',
    '~/runs.DB': '/ann/runs.DB',
  };
  for (const [uri, path] of Object.entries(onPosix)) {
    it(`finds ${uri} at ${path}`, () => {
      equal(resolveLocalPath(uri, '/folder', posix), path);
    });
  }

  const onWindows: Readonly<Record<string, string>> = {
    'sqlite:///mlflow.db': 'D:\\folder\\mlflow.db',
    'sqlite:///C:/data/mlflow.db': 'C:\\data\\mlflow.db',
    'sqlite:///C:\\data\\mlflow.db': 'C:\\data\\mlflow.db',
    'sqlite:////C:/data/mlflow.db': 'C:\\data\\mlflow.db',
    'file:///C:/my%20runs': 'C:\\my runs',
    'file://server/share/mlruns': '\\\\server\\share\\mlruns',
    'C:\\runs\\mlruns': 'C:\\runs\\mlruns',
    'c:/runs/mlflow.db': 'c:\\runs\\mlflow.db',
    'C:\\': 'C:\\',
    './mlruns': 'D:\\folder\\mlruns',
    '.\\mlruns\\': 'D:\\folder\\mlruns',
    '~\\mlruns': 'C:\\Ann\\mlruns',
    '\\\\server\\share\\mlruns': '\\\\server\\share\\mlruns',
  };
  for (const [uri, path] of Object.entries(onWindows)) {
    it(`finds ${uri} at ${path} on Windows`, () => {
      equal(resolveLocalPath(uri, 'D:\\folder', windows), path);
    });
  }

  it('says what is wrong with what names no file', () => {
    rejects('./mlruns', undefined, posix, /none is open/);
    rejects('sqlite://', '/folder', posix, /memory/);
    rejects('sqlite:///:memory:', '/folder', posix, /memory/);
    rejects('sqlite:///file:x?mode=memory&uri=true', '/folder', posix, /memory/);
    rejects('sqlite://host/x.db', '/folder', posix, /not a SQLite URI/);
    rejects('sqlite:x.db', '/folder', posix, /not a SQLite URI/);
    rejects('file://server/mlruns', '/folder', posix, /another machine \(server\)/);
    rejects('file:', '/folder', posix, /names no file/);
    rejects('file:///a%00b', '/folder', posix, /names no file/);
    rejects('C:\\mlruns', '/folder', posix, /path of Windows/);
    rejects('sqlite:///C:/mlflow.db', '/folder', posix, /path of Windows/);
  });

  it('answers with an absolute path or a TrackingError, whatever is written', () => {
    const start = fc.constantFrom('sqlite:///', 'sqlite:', 'file://', 'file:', './', '~', 'C:', '');
    fc.assert(
      fc.property(start, fc.string(), fc.constantFrom(posix, windows), (before, after, system) => {
        try {
          const path = resolveLocalPath(before + after, system === posix ? '/folder' : 'D:\\folder', system);
          equal(system.path.isAbsolute(path), true, path);
        } catch (error) {
          equal(error instanceof TrackingError && error.kind, 'unsupported', String(error));
        }
      }),
    );
  });
});

describe('findLocalPath', () => {
  it('knows none for servers and for what names no file', () => {
    equal(findLocalPath('http://host', '/folder', posix), undefined);
    equal(findLocalPath('postgresql://host/x.db', '/folder', posix), undefined);
    equal(findLocalPath('sqlite://', '/folder', posix), undefined);
    equal(findLocalPath('mlflow.db', '/folder', posix), '/folder/mlflow.db');
  });
});

describe('localUri', () => {
  it('writes what MLflow reads', () => {
    equal(localUri('sqlite', '/data/a b/mlflow.db', posix), 'sqlite:////data/a b/mlflow.db');
    equal(localUri('sqlite', 'C:\\a\\mlflow.db', windows), 'sqlite:///C:/a/mlflow.db');
    equal(localUri('files', '/data/a b/mlruns', posix), 'file:///data/a%20b/mlruns');
    equal(localUri('files', 'C:\\a\\mlruns', windows), 'file:///C:/a/mlruns');
    equal(localUri('files', '\\\\server\\share\\mlruns', windows), 'file://server/share/mlruns');
  });

  it('leads back to the same path, as the setting keeps it', () => {
    // A file name may hold anything else; the setting drops invisible characters and surrounding space.
    const part = fc.stringMatching(/^[\w%#?&=@:+~é-]{1,8}$/).filter((name) => !/^[a-z]:?$/i.test(name));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean(), (parts, isDatabase) => {
        const path = `/${parts.join('/')}${isDatabase ? '/mlflow.db' : ''}`;
        const kind = isDatabase ? 'sqlite' : 'files';
        const { uri } = readTrackingUri(localUri(kind, path, posix));
        equal(kindOfTrackingUri(uri), kind);
        equal(resolveLocalPath(uri, undefined, posix), path);
      }),
    );
  });
});

describe('shortenPath', () => {
  it('is relative to the nearest folder that holds the path', () => {
    equal(shortenPath('/w/a/notebooks/mlruns', ['/w', '/w/a'], posix), 'notebooks/mlruns');
    equal(shortenPath('/w/mlruns', ['/w/mlruns'], posix), 'mlruns');
    equal(shortenPath('D:\\w\\a\\mlflow.db', ['D:\\w'], windows), 'a/mlflow.db');
  });

  it('is the whole path where no folder holds it', () => {
    equal(shortenPath('/data/mlflow.db', ['/w'], posix), '/data/mlflow.db');
    equal(shortenPath('C:\\mlflow.db', ['D:\\w'], windows), 'C:\\mlflow.db');
    equal(shortenPath('/data/mlflow.db', [], posix), '/data/mlflow.db');
  });
});
