import { deepEqual, doesNotThrow, equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import {
  composeHeaders,
  findHeaderNameProblem,
  findHeaderValueProblem,
  holdSecret,
  type HeaderSources,
} from '../../../extension/connections/headers';
import { decodeCredentials, encodeCredentials } from '../../../extension/connections/login';
import { readBasic } from './fakes';

const none: HeaderSources = {
  stored: undefined,
  embedded: undefined,
  environment: undefined,
  workspace: undefined,
};
const basic = (username: string) => ({ kind: 'basic', username, password: 'pw' }) as const;

describe('composeHeaders', () => {
  it('prefers what is stored to what is in the URI, and that to the environment', () => {
    const sources = { ...none, environment: basic('environment') };
    equal(readBasic(composeHeaders(sources)), 'environment:pw');
    const embedded = { ...sources, embedded: basic('uri') };
    equal(readBasic(composeHeaders(embedded)), 'uri:pw');
    const stored = { login: { kind: 'bearer', token: 't' }, headers: new Map() } as const;
    equal(composeHeaders({ ...embedded, stored }).get('authorization'), 'Bearer t');
  });

  it('adds stored headers to a login, and lets a stored Authorization replace it', () => {
    const headers = new Map([['X-Key', 'k']]);
    const both = composeHeaders({ ...none, environment: basic('ann'), stored: { headers } });
    deepEqual([...both.keys()], ['authorization', 'x-key']);
    const own = composeHeaders({
      ...none,
      stored: { login: basic('ann'), headers: new Map([['authorization', 'Key k']]) },
    });
    deepEqual([...own], [['authorization', 'Key k']]);
  });

  it('encodes names and passwords as UTF-8', () => {
    equal(readBasic(composeHeaders({ ...none, embedded: basic('Ännchen') })), 'Ännchen:pw');
  });

  it('leaves out what no request could carry', () => {
    const environment = { kind: 'bearer', token: 'a\r\nHost: evil' } as const;
    const headers = new Map([
      ['Host', 'evil'],
      ['X-A', 'b\nc'],
    ]);
    deepEqual([...composeHeaders({ ...none, environment, stored: { headers }, workspace: 'a\nb' })], []);
  });

  it('makes headers that fetch accepts, of anything', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    const pair = fc.tuple(fc.oneof(text, fc.constantFrom('Host', 'X-A', '__proto__')), text);
    fc.assert(
      fc.property(text, text, fc.array(pair), (token, workspace, pairs) => {
        const stored = { login: { kind: 'bearer', token }, headers: new Map(pairs) } as const;
        const headers = composeHeaders({ ...none, stored, workspace });
        doesNotThrow(() => new Headers([...headers]));
        equal(headers.has('host'), false);
      }),
    );
  });
});

describe('Header problems', () => {
  it('accepts what proxies ask for', () => {
    for (const name of ['X-Api-Key', 'CF-Access-Client-Id', 'Cookie', 'authorization']) {
      equal(findHeaderNameProblem(name), undefined);
    }
    equal(findHeaderValueProblem('a b;c="d"'), undefined);
  });

  it('refuses the rest', () => {
    for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'Origin']) {
      match(findHeaderNameProblem(name) ?? '', /belongs to the connection/);
    }
    for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'ä']) equal(typeof findHeaderNameProblem(name), 'string');
    for (const value of ['', ' ', 'a\r\nb', 'a\0', '→'])
      equal(typeof findHeaderValueProblem(value), 'string');
  });
});

describe('holdSecret', () => {
  it('takes the name of an MLflow workspace for no secret', () => {
    equal(holdSecret(composeHeaders({ ...none, workspace: 'team' })), false);
    equal(holdSecret(composeHeaders({ ...none, workspace: 'team', embedded: basic('ann') })), true);
  });
});

describe('encodeCredentials and decodeCredentials', () => {
  it('round-trip', () => {
    const login = fc.oneof(
      fc.constant(undefined),
      fc.record({ kind: fc.constant('basic' as const), username: fc.string(), password: fc.string() }),
      fc.record({ kind: fc.constant('bearer' as const), token: fc.string() }),
    );
    const name = fc.oneof(fc.string(), fc.constant('__proto__'));
    const credentials = fc.record({
      login,
      headers: fc.array(fc.tuple(name, fc.string())).map((pairs) => new Map(pairs)),
    });
    fc.assert(
      fc.property(credentials, (original) => {
        const { login: expected, headers } = original;
        const read = decodeCredentials(encodeCredentials(original));
        deepEqual([{ ...read?.login }, read?.headers], [{ ...expected }, headers]);
      }),
    );
  });

  it('take anything else for nothing', () => {
    const malformed = ['', '{', 'null', '[]', '"x"', '{}', '{"login":{"kind":"basic"},"headers":[]}'];
    for (const text of [...malformed, '{"headers":[["a"]]}', '{"headers":[["a",1]]}']) {
      equal(decodeCredentials(text), undefined, text);
    }
    fc.assert(
      fc.property(fc.json(), (text) => {
        doesNotThrow(() => decodeCredentials(text));
      }),
    );
  });
});
