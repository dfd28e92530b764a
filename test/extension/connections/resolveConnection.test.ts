import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { collectStores } from '../../../extension/connections/collectStores';
import {
  borrowVariables,
  listCandidates,
  resolveConnection,
  resolveRegistry,
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

  it('shows what was found only where nobody says where to look', () => {
    const [found] = collectStores(['/folder/mlflow.db'], ['/folder']);
    equal(resolveConnection({ ...all, found })?.source, 'workspaceSetting');
    deepEqual(
      listCandidates({ ...all, found }).map(({ source }) => source),
      ['workspaceSetting', 'environment', 'envFile', 'found'],
    );
    const shown = resolveConnection({ ...nothing, found });
    deepEqual(
      [shown?.uri, shown?.path, shown?.sourceLabel],
      ['sqlite:////folder/mlflow.db', '/folder/mlflow.db', 'found in the workspace'],
    );
  });

  it('begins a relative path at the folder that says so', () => {
    const path = (places: Partial<Places>) => resolveConnection({ ...nothing, ...places })?.path;
    const folders = ['/folder', '/second'];
    equal(path({ folders, setting: { uri: './mlruns', uriScope: 'user' } }), '/folder/mlruns');
    equal(path({ folders, environment: { uri: 'sqlite:///mlflow.db' } }), '/folder/mlflow.db');
    const file = { ...envFile('./mlruns'), folder: '/second' };
    equal(path({ folders, envFiles: [file] }), '/second/mlruns');
    equal(path({ folders: [], environment: { uri: './mlruns' } }), undefined);
    equal(path({ folders, environment: { uri: 'http://host' } }), undefined);
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

describe('resolveRegistry', () => {
  const tracking = { ...nothing, setting: { uri: 'http://127.0.0.1:1', uriScope: 'user' } } as const;

  function registry(places: Partial<Places>): readonly unknown[] | undefined {
    const all = { ...tracking, ...places };
    const found = resolveRegistry(all, resolveConnection(all)!);
    return found && [found.uri, found.source, found.sourceLabel];
  }

  it('asks the setting first, then the environment, then the first .env that names one', () => {
    const registrySetting = { uri: 'http://set', uriScope: 'workspace' } as const;
    const environment = { registryUri: 'http://named' };
    const envFiles = [{ path: '/.env', label: '.env', variables: { registryUri: './models' } }];
    deepEqual(registry({ registrySetting, environment, envFiles }), [
      'http://set',
      'workspaceSetting',
      'setting mlflow.registry.uri (workspace)',
    ]);
    deepEqual(registry({ environment, envFiles }), [
      'http://named',
      'environment',
      'MLFLOW_REGISTRY_URI in the environment',
    ]);
    deepEqual(registry({ envFiles }), ['./models', 'envFile', 'MLFLOW_REGISTRY_URI in .env']);
    equal(registry({}), undefined);
  });

  it('knows none that is the tracking URI itself, however written', () => {
    equal(registry({ environment: { registryUri: 'http://localhost:1/' } }), undefined);
    const places = {
      setting: { uri: './mlruns', uriScope: 'user' },
      environment: { registryUri: 'mlruns/' },
    } as const;
    equal(registry(places), undefined);
  });

  it('gets credentials as any connection does', () => {
    const lent = (places: Partial<Places>) => {
      const all = { ...tracking, ...places };
      return borrowVariables(resolveRegistry(all, resolveConnection(all)!)!, all, false).token;
    };
    const workspace = { uri: 'http://evil', uriScope: 'workspace' } as const;
    equal(lent({ environment: { token: 'mine', registryUri: 'http://named' } }), 'mine');
    equal(lent({ registrySetting: workspace, environment: { token: 'mine' } }), undefined);
    equal(
      lent({ registrySetting: { ...workspace, uriScope: 'user' }, environment: { token: 'mine' } }),
      'mine',
    );
    const both = { token: 'mine', uri: 'http://other', registryUri: 'http://evil/x' };
    equal(lent({ registrySetting: workspace, environment: both }), 'mine');
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
