import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import {
  borrowVariables,
  listCandidates,
  resolveConnection,
  type EnvFile,
  type Places,
} from '../../../extension/connections/resolveConnection';
import { originOf } from '../../../extension/connections/trackingUri';

const nothing: Places = {
  setting: { uri: undefined, uriScope: 'user' },
  registrySetting: { uri: undefined, uriScope: 'user' },
  environment: {},
  envFiles: [],
  home: {},
  folders: ['/folder'],
  found: undefined,
};

function envFile(uri: string | undefined, label = '.env'): EnvFile {
  return { path: `/${label}`, label, variables: { uri } };
}

describe('resolveConnection', () => {
  const all: Places = {
    ...nothing,
    setting: { uri: 'http://setting', uriScope: 'workspace' },
    environment: { uri: 'http://environment' },
    envFiles: [
      envFile(undefined, 'a/.env'),
      envFile('http://file', 'b/.env'),
      envFile('http://late', 'c/.env'),
    ],
    home: {},
  };

  it('asks the setting first, then the environment, then the first .env that names a URI', () => {
    deepEqual(
      listCandidates(all).map(({ uri, source, sourceLabel }) => [uri, source, sourceLabel]),
      [
        ['http://setting', 'workspaceSetting', 'setting mlflow.tracking.uri (workspace)'],
        ['http://environment', 'environment', 'MLFLOW_TRACKING_URI in the environment'],
        ['http://file', 'envFile', 'MLFLOW_TRACKING_URI in b/.env'],
      ],
    );
    const unset = { ...all, setting: nothing.setting };
    equal(resolveConnection(unset)?.source, 'environment');
    equal(resolveConnection({ ...unset, environment: {} })?.source, 'envFile');
    equal(resolveConnection(nothing), undefined);
  });

  it('tells the setting of the user from that of the workspace', () => {
    const setting = { uri: 'http://x', uriScope: 'user' } as const;
    equal(resolveConnection({ ...nothing, setting })?.source, 'userSetting');
  });

  it('shows no password that stood in a URI', () => {
    const found = resolveConnection({ ...nothing, environment: { uri: 'http://ann:pw@host' } });
    equal(found?.uri, 'http://host');
    equal(found.login?.password, 'pw');
  });
});

describe('borrowVariables', () => {
  const environment = { token: 'environment' };
  const home = { username: 'home', password: 'home' };

  function tokenFor(places: Partial<Places>, isChosenByUser = false): string | undefined {
    const all = { ...nothing, ...places };
    const to = resolveConnection(all);
    return to && borrowVariables(to, all, isChosenByUser).token;
  }

  it('lends the environment to the URI that it names', () => {
    equal(tokenFor({ environment: { ...environment, uri: 'http://a' } }), 'environment');
  });

  it('lends the environment to a URI of the same origin, whoever chose it', () => {
    const setting = { uri: 'http://a/other', uriScope: 'workspace' } as const;
    equal(tokenFor({ setting, environment: { ...environment, uri: 'http://u:p@a' } }), 'environment');
  });

  it('lends an environment without URI to what the user chose, and to nothing else', () => {
    const workspace = { uri: 'http://a', uriScope: 'workspace' } as const;
    equal(tokenFor({ setting: { uri: 'http://a', uriScope: 'user' }, environment }), 'environment');
    equal(tokenFor({ setting: workspace, environment }), undefined);
    equal(tokenFor({ setting: workspace, environment }, true), 'environment');
    equal(tokenFor({ envFiles: [envFile('http://a')], environment }), undefined);
  });

  it('keeps an environment that names another server to that server', () => {
    const setting = { uri: 'http://a', uriScope: 'user' } as const;
    equal(tokenFor({ setting, environment: { ...environment, uri: 'http://b' } }, true), undefined);
    const local = { ...environment, uri: 'sqlite:///x.db' };
    equal(tokenFor({ setting, environment: local }, true), undefined);
  });

  it('lends a .env to its own URI, and lets it complete the environment', () => {
    const own = { path: '/.env', label: '.env', variables: { uri: 'http://a', token: 'file' } };
    equal(tokenFor({ envFiles: [own], environment }), 'file');
    const login = { path: '/.env', label: '.env', variables: { token: 'file' } };
    equal(tokenFor({ envFiles: [login], environment: { uri: 'http://a' } }), 'file');
    equal(tokenFor({ envFiles: [login], environment: { uri: 'http://a', ...environment } }), 'environment');
  });

  it('lends ~/.mlflow/credentials where it lends the environment', () => {
    const places = { ...nothing, home, environment: { uri: 'http://a' } };
    const trusted = { uri: 'http://a', source: 'environment' } as const;
    equal(borrowVariables(trusted, places, false).username, 'home');
    equal(borrowVariables({ uri: 'http://b', source: 'workspaceSetting' }, places, true).username, undefined);
  });

  it('never hands what the user keeps to an origin that only the workspace chose', () => {
    const uri = fc.constantFrom(
      undefined,
      'http://a',
      'http://b',
      'http://a/x',
      'sqlite:///a',
      'http://ann:pw@b',
    );
    fc.assert(
      fc.property(uri, uri, uri, (set, named, filed) => {
        const places: Places = {
          ...nothing,
          setting: { uri: set, uriScope: 'workspace' },
          environment: { uri: named, token: 'secret', workspace: 'secret' },
          envFiles: [envFile(filed)],
          home: { username: 'secret', password: 'secret' },
        };
        const to = resolveConnection(places);
        if (!to || to.source === 'environment') return;
        const isNamed = named !== undefined && originOf(to.uri) === originOf(named.replace('ann:pw@', ''));
        const { token, username, password, workspace } = borrowVariables(to, places, false);
        const isLent = [token, username, password, workspace].includes('secret');
        equal(isLent, isNamed && originOf(to.uri) !== undefined);
      }),
    );
  });
});
