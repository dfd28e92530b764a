import { deepEqual, equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import {
  findUriProblem,
  isLoopback,
  kindOfTrackingUri,
  originOf,
  readTrackingUri,
} from '../../../extension/connections/trackingUri';

describe('readTrackingUri', () => {
  const cases: readonly (readonly [written: string, uri: string])[] = [
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['  https://mlflow.example/team/  ', 'https://mlflow.example/team'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['localhost', 'http://localhost'],
    ['mlflow.example:8080/prefix', 'http://mlflow.example:8080/prefix'],
    ['[::1]:5000', 'http://[::1]:5000'],
    ['http://host:5000/#/experiments/3?x=1', 'http://host:5000'],
    ['HTTP://Host:80/', 'http://host'],
    ['http://ho\u202est\n:5000', 'http://host:5000'],
    ['sqlite:///mlflow.db', 'sqlite:///mlflow.db'],
    ['sqlite:////data/a@b.db', 'sqlite:////data/a@b.db'],
    ['./runs@home', './runs@home'],
    ['databricks://profile', 'databricks://profile'],
    ['C:\\runs\\a@b', 'C:\\runs\\a@b'],
  ];
  for (const [written, uri] of cases) {
    it(`reads ${JSON.stringify(written)} as ${uri}`, () => {
      deepEqual(readTrackingUri(written), { uri, login: undefined });
    });
  }

  it('takes a login out and decodes it', () => {
    deepEqual(readTrackingUri('https://ann%40corp:p%2Fw%25@host/x'), {
      uri: 'https://host/x',
      login: { kind: 'basic', username: 'ann@corp', password: 'p/w%' },
    });
    deepEqual(readTrackingUri('ann:pw@host:5000').login, { kind: 'basic', username: 'ann', password: 'pw' });
    deepEqual(readTrackingUri('http://ann:100%@host').login, {
      kind: 'basic',
      username: 'ann',
      password: '100%',
    });
  });

  it('never leaves a password in what is shown, however odd the URI', () => {
    const prefix = fc.constantFrom('http://', 'https://', 'http:', 'http:/', 'postgresql://', 'x://', '');
    const odd = fc.string({ maxLength: 5 });
    const host = fc.constantFrom('host', 'host:5000', 'host:99999', 'ho st', '', '[::1', 'host/path');
    fc.assert(
      fc.property(prefix, odd, odd, host, (start, before, after, end) => {
        // `ann:12/S3CRET@host` is the path S3CRET@host on a host called ann, and nobody can tell.
        fc.pre(!/^\d*\//.test(before));
        const { uri } = readTrackingUri(`${start}ann:${before}S3CRET${after}@${end}`);
        equal(uri.includes('S3CRET'), false, uri);
      }),
    );
  });

  it('reads what it returns to the same again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (text) => {
        const { uri } = readTrackingUri(text);
        equal(readTrackingUri(uri).uri, uri);
      }),
    );
  });
});

describe('kindOfTrackingUri', () => {
  const kinds = {
    'http://host': 'server',
    'https://host/x': 'server',
    'http://': 'unknown',
    'sqlite:///mlflow.db': 'sqlite',
    'sqlite:////data/mlflow.db': 'sqlite',
    'sqlite:///C:/data/mlflow.db': 'sqlite',
    'sqlite+pysqlite:///mlflow.db': 'sqlite',
    'postgresql+psycopg2://host/db': 'database',
    'mysql://host/mlflow.db': 'database',
    'mssql+pyodbc://host/db': 'database',
    'file:///data/mlruns': 'files',
    'file:///data/mlflow.db': 'files',
    './mlruns': 'files',
    mlruns: 'files',
    '/data/mlruns': 'files',
    '~/mlruns': 'files',
    'C:\\mlruns': 'files',
    'c:/mlruns': 'files',
    'mlflow.db': 'sqlite',
    '~/runs.sqlite': 'sqlite',
    'C:\\mlflow.db': 'sqlite',
    '/data/mlflow.db/mlruns': 'files',
    databricks: 'databricks',
    'databricks://profile': 'databricks',
    'databricks-uc': 'databricks',
    'ftp://host': 'unknown',
    'ftp://host/mlflow.db': 'unknown',
    'javascript:alert(1)': 'unknown',
    '': 'unknown',
  } as const;
  for (const [uri, kind] of Object.entries(kinds)) {
    it(`${uri || 'nothing'} is ${kind}`, () => {
      equal(kindOfTrackingUri(uri), kind);
    });
  }
});

describe('findUriProblem', () => {
  it('accepts addresses of servers as they are typed', () => {
    for (const uri of ['http://host', 'https://host:1/x', 'host:5000', ' localhost:5000 ', '10.0.0.1']) {
      equal(findUriProblem(uri), undefined);
    }
  });

  it('accepts stores of this machine', () => {
    for (const uri of ['sqlite:///mlflow.db', 'file:///data/mlruns', './mlruns', 'mlflow.db', 'C:\\mlruns']) {
      equal(findUriProblem(uri), undefined);
    }
  });

  it('says what is missing', () => {
    match(findUriProblem('') ?? '', /Enter the address/);
    match(findUriProblem('http://') ?? '', /not complete/);
    match(findUriProblem('http://host:99999') ?? '', /not complete/);
    match(findUriProblem('mlflow.example') ?? '', /http:\/\/mlflow\.example or https:.* \.\/mlflow\.example/);
    match(findUriProblem('ftp://host') ?? '', /begins with http/);
  });
});

describe('originOf and isLoopback', () => {
  it('tells scheme, host and port apart, and nothing else', () => {
    equal(originOf('https://Host:443/a'), originOf('https://host/b'));
    for (const other of ['http://host', 'https://host:444', 'https://host.evil', 'https://host@evil']) {
      equal(originOf(other) === originOf('https://host'), false);
    }
    equal(originOf('sqlite:///x'), undefined);
  });

  it('knows this machine by its names', () => {
    for (const uri of ['http://localhost:1', 'http://127.1.2.3', 'http://[::1]:5', 'http://a.localhost']) {
      equal(isLoopback(uri), true);
    }
    for (const uri of ['http://localhost.evil', 'http://127.0.0.1.evil', 'http://10.0.0.1', './x']) {
      equal(isLoopback(uri), false);
    }
  });
});
