import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import {
  openDatabricks,
  resolveDatabricks,
  type DatabricksPorts,
} from '../../../extension/connections/databricks';
import { TrackingError } from '../../../extension/tracking/errors';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { replyJson, startLocalServer, type LocalServer } from '../tracking/rest/localServer';

const never = new AbortController().signal;

const config = `
; made by hand
[DEFAULT]
host = https://default.example.com/?o=1
token = default-t0ken

[prod]
host: prod.example.com
token = prod-t0ken
# no auth_type
[prod]
workspace_id = 42

[oauth]
HOST = https://oauth.example.com
auth_type = databricks-cli

[hostless]
token = stray-t0ken

[machine]
host = https://machine.example.com
client_id = me
client_secret = s3cret-of-machine

[plain]
host = http://plain.example.com
token = plain-t0ken
`;

interface World {
  readonly ports: DatabricksPorts;
  /** The arguments of each call of the CLI. */
  readonly calls: readonly (readonly string[])[];
  time: number;
}

function world(
  given: { env?: DatabricksPorts['environment']; config?: string; cli?: () => string } = {},
): World {
  const calls: (readonly string[])[] = [];
  const missing = Object.assign(new Error('spawn databricks ENOENT'), { code: 'ENOENT' });
  const made = {
    calls,
    time: Date.parse('2026-01-01T00:00:00Z'),
    ports: {
      environment: given.env ?? {},
      readConfig: () => Promise.resolve(given.config ?? config),
      runCli: (args: readonly string[]) => {
        calls.push(args);
        return given.cli ? Promise.resolve().then(given.cli) : Promise.reject(missing);
      },
      now: () => made.time,
    },
  };
  return made;
}

const token = (name: string, expiry?: string) => () =>
  JSON.stringify({ access_token: name, token_type: 'Bearer', expiry });

async function describeAccess(uri: string, { ports }: World): Promise<string> {
  const { host, authorize } = await resolveDatabricks(uri, ports);
  return `${(await authorize()).get('authorization') ?? 'nobody'} at ${host}`;
}

/** How it fails: with a TrackingError that quotes no token. */
async function failure(attempt: Promise<unknown>): Promise<TrackingError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  ok(error instanceof TrackingError, String(error));
  ok(!/t0ken|s3cret/.test(`${error.message} ${JSON.stringify(error)}`), error.message);
  return error;
}

describe('Databricks', () => {
  describe('by its URI leads', () => {
    const env = { DATABRICKS_HOST: 'env.example.com', DATABRICKS_TOKEN: 'env-t0ken' };
    const prod = { DATABRICKS_CONFIG_PROFILE: 'prod' };
    const cases: readonly (readonly [
      title: string,
      uri: string,
      env: DatabricksPorts['environment'],
      access: string,
    ])[] = [
      ['to the environment', 'databricks', env, 'Bearer env-t0ken at https://env.example.com'],
      [
        'to the environment before a profile of it',
        'databricks',
        { ...env, ...prod },
        'Bearer env-t0ken at https://env.example.com',
      ],
      ['to the profile DEFAULT', 'databricks', {}, 'Bearer default-t0ken at https://default.example.com'],
      [
        'to the profile that the environment names',
        'databricks',
        prod,
        'Bearer prod-t0ken at https://prod.example.com',
      ],
      [
        'to a profile of its own, whatever the environment says',
        'databricks://prod',
        env,
        'Bearer prod-t0ken at https://prod.example.com',
      ],
      [
        'to the same place as a registry',
        'databricks-uc://prod',
        env,
        'Bearer prod-t0ken at https://prod.example.com',
      ],
      [
        'past empty variables',
        'databricks',
        { DATABRICKS_HOST: ' ', DATABRICKS_CONFIG_PROFILE: '' },
        'Bearer default-t0ken at https://default.example.com',
      ],
    ];
    for (const [title, uri, environment, access] of cases) {
      it(title, async () => {
        equal(await describeAccess(uri, world({ env: environment })), access);
      });
    }

    it('to the profile that the file itself names as the default', async () => {
      const text = `${config}\n[__settings__]\ndefault_profile = prod\n`;
      equal(
        await describeAccess('databricks', world({ config: text })),
        'Bearer prod-t0ken at https://prod.example.com',
      );
    });

    it('never to one place with the token of another', async () => {
      const stray = world({ env: { DATABRICKS_TOKEN: 'env-t0ken' } });
      equal(await describeAccess('databricks', stray), 'Bearer default-t0ken at https://default.example.com');
      const hostOnly = world({
        env: { DATABRICKS_HOST: 'https://env.example.com' },
        cli: token('cli-t0ken'),
      });
      equal(await describeAccess('databricks', hostOnly), 'Bearer cli-t0ken at https://env.example.com');
    });
  });

  it('is told which of the workspaces behind its host is meant', async () => {
    const { authorize } = await resolveDatabricks('databricks://prod', world().ports);
    equal((await authorize()).get('x-databricks-org-id'), '42');
  });

  describe('that needs a token of the CLI', () => {
    it('asks for it by profile, or by host where there is none', async () => {
      const byProfile = world({ cli: token('cli-t0ken') });
      equal(
        await describeAccess('databricks://oauth', byProfile),
        'Bearer cli-t0ken at https://oauth.example.com',
      );
      deepEqual(byProfile.calls, [['auth', 'token', '--profile', 'oauth']]);
      const byHost = world({ env: { DATABRICKS_HOST: 'https://env.example.com' }, cli: token('cli-t0ken') });
      await describeAccess('databricks', byHost);
      deepEqual(byHost.calls, [['auth', 'token', '--host', 'https://env.example.com']]);
    });

    it('asks once until shortly before the token ends, also when two ask at once', async () => {
      const one = world({ cli: token('cli-t0ken', '2026-01-01T01:00:00.123456+00:00') });
      const { authorize } = await resolveDatabricks('databricks://oauth', one.ports);
      await Promise.all([authorize(), authorize()]);
      one.time += 58 * 60_000;
      await authorize();
      equal(one.calls.length, 1);
      one.time += 60_000 + 1000;
      await authorize();
      equal(one.calls.length, 2);
    });

    it('asks again after a failure', async () => {
      let tries = 0;
      const flaky = world({
        cli: () => {
          if (tries++ === 0) throw new Error('cache: token refresh: t0ken expired');
          return token('cli-t0ken')();
        },
      });
      const { authorize } = await resolveDatabricks('databricks://oauth', flaky.ports);
      match((await failure(authorize())).message, /run `databricks auth login --profile oauth`/);
      equal((await authorize()).get('authorization'), 'Bearer cli-t0ken');
    });

    for (const [title, cli] of [
      ['no JSON', () => 'Error: t0ken'],
      ['no token', () => '{"token_type":"Bearer"}'],
      ['a token with a line break', token('t0ken\nx-evil: 1')],
    ] as const) {
      it(`fails in one sentence when the CLI answers with ${title}`, async () => {
        equal((await failure(describeAccess('databricks://oauth', world({ cli })))).kind, 'unauthorized');
      });
    }

    it('says so where there is no CLI', async () => {
      match(
        (await failure(describeAccess('databricks://oauth', world()))).message,
        /CLI, which could make one, is not installed/,
      );
    });
  });

  describe('is refused in one sentence', () => {
    const cases: readonly (readonly [title: string, uri: string, kind: string, message: RegExp])[] = [
      ['without the profile', 'databricks://nobody', 'missing', /no profile nobody in ~\/\.databrickscfg/],
      ['without a host', 'databricks://hostless', 'missing', /no host in the profile hostless/],
      [
        'with a machine’s secret',
        'databricks://machine',
        'unsupported',
        /personal access token, or a login made by/,
      ],
      ['over plain http', 'databricks://plain', 'unsupported', /no https address/],
      ['with a scope of secrets', 'databricks://scope:key', 'unsupported', /only inside Databricks/],
      ['with one slash', 'databricks:/prod', 'unsupported', /names no profile/],
      ['with no name', 'databricks://', 'unsupported', /names no profile/],
      [
        'with a section that is no profile',
        'databricks://__settings__',
        'missing',
        /no profile __settings__/,
      ],
      ['with a name that every object has', 'databricks://__proto__', 'missing', /no profile __proto__/],
    ];
    for (const [title, uri, kind, message] of cases) {
      it(title, async () => {
        const error = await failure(describeAccess(uri, world()));
        equal(error.kind, kind);
        match(error.message, message);
      });
    }

    it('when nobody says where it is', async () => {
      const error = await failure(describeAccess('databricks', world({ config: '' })));
      match(error.message, /Neither DATABRICKS_HOST nor a profile DEFAULT/);
    });

    it('with a login in the host', async () => {
      const env = { DATABRICKS_HOST: 'https://me:s3cret@env.example.com' };
      equal((await failure(describeAccess('databricks', world({ env })))).kind, 'unsupported');
    });
  });

  describe('read by the REST store', () => {
    const received: { readonly line: string; readonly headers: IncomingHttpHeaders }[] = [];
    const replies = new Map<string, unknown>();
    let server: LocalServer;
    let store: RestStore | undefined;
    const catalog = '/api/2.0/mlflow/unity-catalog';

    beforeEach(async () => {
      received.length = 0;
      replies.clear();
      server = await startLocalServer((request, response) => {
        received.push({ line: `${String(request.method)} ${String(request.url)}`, headers: request.headers });
        const { pathname } = new URL(request.url ?? '', 'http://x');
        const missing = { error_code: 'ENDPOINT_NOT_FOUND', message: `No API found for '${pathname}'` };
        replyJson(response, replies.get(pathname) ?? missing, replies.has(pathname) ? 200 : 404);
      });
    });
    afterEach(async () => {
      store?.dispose();
      await server.close();
    });

    async function open(env: DatabricksPorts['environment'] = {}): Promise<RestStore> {
      const environment = { DATABRICKS_HOST: server.uri, DATABRICKS_TOKEN: 'env-t0ken', ...env };
      const opened = await openDatabricks('databricks', 'tracking', world({ env: environment }).ports);
      store = new RestStore({ ...opened, timeoutMs: 5000, log: () => undefined });
      return store;
    }

    it('is connected to with its token, though it tells no version', async () => {
      replies.set('/api/2.0/mlflow/experiments/search', {
        experiments: [{ experiment_id: '1', name: '/Shared/a' }],
      });
      deepEqual(await (await open()).connect(never), { version: undefined });
      deepEqual(received.map(({ line }) => line).sort(), [
        'GET /version',
        'POST /api/2.0/mlflow/experiments/search',
      ]);
      for (const { headers } of received) equal(headers.authorization, 'Bearer env-t0ken');
    });

    it('lists the models of Unity Catalog, with their tags and aliases where it tells them', async () => {
      const aliases = [{ alias: 'champion', version: '2' }];
      const model = { name: 'main.ml.churn', creation_timestamp: '1700000000000', aliases };
      replies.set(`${catalog}/registered-models/search`, {
        registered_models: [model],
        next_page_token: 'next',
      });
      replies.set(`${catalog}/registered-models/get`, {
        registered_model: { ...model, tags: [{ key: 'a', value: 'b' }] },
      });
      const mlflow = await open();
      const page = await mlflow.searchRegisteredModels({ pageSize: 10 }, never);
      deepEqual([page.items.map(({ name }) => name), page.nextPageToken], [['main.ml.churn'], 'next']);
      const one = await mlflow.getRegisteredModel('main.ml.churn', never);
      deepEqual([one.aliases, [...one.tags], one.createdAt], [aliases, [['a', 'b']], 1_700_000_000_000]);
      deepEqual(
        received.map(({ line }) => line),
        [
          `GET ${catalog}/registered-models/search?max_results=10`,
          `GET ${catalog}/registered-models/get?name=main.ml.churn`,
        ],
      );
    });

    it('lists a model’s versions without asking for an order, and no files of theirs', async () => {
      const version = (number: string, more = {}) => ({
        name: 'main.ml.churn',
        version: number,
        status: 'READY',
        ...more,
      });
      replies.set(`${catalog}/model-versions/search`, {
        model_versions: [
          version('1'),
          version('10', { aliases: [{ alias: 'champion', version: '10' }] }),
          version('2'),
        ],
      });
      const mlflow = await open();
      const { items } = await mlflow.searchModelVersions({ name: 'main.ml.churn', pageSize: 10 }, never);
      deepEqual(
        items.map((item) => `${item.version} ${item.aliases.join()}`),
        ['10 champion', '2 ', '1 '],
      );
      equal(
        await mlflow.readModelVersionFile({ name: 'main.ml.churn', version: '1' }, 'MLmodel', never),
        undefined,
      );
      equal(received.length, 1);
      const { searchParams } = new URL(received[0]?.line.slice(4) ?? '', server.uri);
      deepEqual([...searchParams.keys()].sort(), ['filter', 'max_results']);
      equal(searchParams.get('filter'), "name = 'main.ml.churn'");
    });

    it('has no models where there is no Unity Catalog, and is asked for them once', async () => {
      const mlflow = await open();
      for (let times = 0; times < 2; times++) {
        deepEqual(await mlflow.searchRegisteredModels({ pageSize: 10 }, never), {
          items: [],
          nextPageToken: undefined,
        });
      }
      equal(received.length, 1);
    });

    it('is asked for the models of its own registry when MLFLOW_REGISTRY_URI says so', async () => {
      replies.set('/api/2.0/mlflow/registered-models/search', { registered_models: [{ name: 'churn' }] });
      const mlflow = await open({ MLFLOW_REGISTRY_URI: 'databricks' });
      const { items } = await mlflow.searchRegisteredModels({ pageSize: 10 }, never);
      deepEqual(
        items.map(({ name }) => name),
        ['churn'],
      );
    });

    it('says in its own words why there is no token', async () => {
      const { ports } = world({ env: { DATABRICKS_HOST: server.uri } });
      const opened = await openDatabricks('databricks', 'tracking', ports);
      store = new RestStore({ ...opened, timeoutMs: 5000, log: () => undefined });
      const error = await failure(store.searchExperiments({ pageSize: 1, view: 'active' }, never));
      match(error.message, /the Databricks CLI, which could make one, is not installed/);
      deepEqual(received, []);
    });

    it('is the workspace’s own registry or Unity Catalog, as the registry URI says', async () => {
      const { ports } = world({ env: { DATABRICKS_HOST: server.uri, DATABRICKS_TOKEN: 'env-t0ken' } });
      const open = async (uri: string) => (await openDatabricks(uri, 'registry', ports)).registryApi;
      deepEqual([await open('databricks'), await open('databricks-uc')], ['workspace', 'unityCatalog']);
    });

    it('is no tracking store by the URI of a registry', async () => {
      await rejects(
        openDatabricks('databricks-uc', 'tracking', world().ports),
        /use databricks for tracking/,
      );
    });
  });
});
