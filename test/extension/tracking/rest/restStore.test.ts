import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { TrackingError } from '../../../../extension/tracking/errors';
import { RestStore } from '../../../../extension/tracking/rest/restStore';
import { defer, readBody, replyJson, startLocalServer, type LocalServer } from './localServer';

/** What each path answers; anything else is the 404 page of Flask, as for an endpoint that MLflow does not have. */
type Routes = Readonly<
  Record<string, (query: URLSearchParams, body: Readonly<Record<string, unknown>>) => Reply>
>;
interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}

const api = '/api/2.0/mlflow';
const rejected: Reply = { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } };

function answer(routes: Routes): RequestListener {
  return (request, response) => {
    void readBody(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      const json = body === '' ? {} : (JSON.parse(body) as Readonly<Record<string, unknown>>);
      const reply = routes[pathname]?.(searchParams, json) ?? { status: 404, text: '<!doctype html>' };
      if (reply.text === undefined) replyJson(response, reply.json, reply.status);
      else response.writeHead(reply.status ?? 200, { 'content-type': 'text/html' }).end(reply.text);
    });
  };
}

describe('RestStore', () => {
  const never = new AbortController().signal;
  let server: LocalServer | undefined;
  let store: RestStore | undefined;

  afterEach(async () => {
    store?.dispose();
    await server?.close();
  });

  async function open(routes: Routes, path = ''): Promise<RestStore> {
    server = await startLocalServer(answer(routes));
    store = new RestStore({
      baseUri: server.uri + path,
      authorize: () => Promise.resolve(new Map()),
      timeoutMs: 5000,
      log: () => undefined,
    });
    return store;
  }

  const run = (id: string, experiment = '1'): unknown => ({
    info: { run_id: id, experiment_id: experiment },
  });
  const ofKind =
    (kind: string) =>
    (error: unknown): boolean =>
      error instanceof TrackingError && error.kind === kind;

  describe('connecting', () => {
    const experiments = (): Reply => ({ json: { experiments: [{ experiment_id: '0' }] } });

    it('tells the version', async () => {
      const mlflow = await open({
        '/version': () => ({ text: '3.17.2\n' }),
        [`${api}/experiments/search`]: experiments,
      });
      assert.deepEqual(await mlflow.connect(never), { version: '3.17.2' });
    });

    it('does without a version, below a path prefix', async () => {
      const mlflow = await open({ [`/ml/flow${api}/experiments/search`]: experiments }, '/ml/flow/');
      assert.deepEqual(await mlflow.connect(never), { version: undefined });
    });

    it('refuses MLflow 1.x, which tells its version or lists experiments in the old way', async () => {
      const telling = await open({
        '/version': () => ({ text: '1.30.1' }),
        [`${api}/experiments/search`]: experiments,
      });
      await assert.rejects(telling.connect(never), ofKind('tooOld'));
      await server?.close();
      const silent = await open({ [`${api}/experiments/list`]: experiments });
      await assert.rejects(silent.connect(never), ofKind('tooOld'));
    });

    for (const [what, routes, kind] of [
      ['nothing of MLflow', {}, 'notMlflow'],
      [
        'a web page for every path',
        { [`${api}/experiments/search`]: (): Reply => ({ text: '<html>' }) },
        'notMlflow',
      ],
      ['other JSON', { [`${api}/experiments/search`]: (): Reply => ({ json: { ok: true } }) }, 'notMlflow'],
      ['MLflow’s refusal', { [`${api}/experiments/search`]: (): Reply => rejected }, 'rejected'],
    ] as const) {
      it(`fails on ${what}`, async () => {
        const mlflow = await open(routes);
        await assert.rejects(mlflow.connect(never), ofKind(kind));
      });
    }
  });

  describe('points of metrics', () => {
    const logged = (count: number, from = 0) =>
      Array.from({ length: count }, (_, index) => ({
        key: 'm',
        value: from + index,
        step: from + index,
        timestamp: from + index,
      }));

    /** A server that holds these points and gives them in pages of two. */
    const pagesOf = (points: () => readonly unknown[], offsets: number[]): Routes => ({
      [`${api}/metrics/get-history`]: (query) => {
        const offset = Number(query.get('page_token') ?? 0);
        offsets.push(offset);
        const next = offset + 2 < points().length ? { next_page_token: String(offset + 2) } : {};
        return { json: { metrics: points().slice(offset, offset + 2), ...next } };
      },
    });

    it('are read page by page, and later from the last page on', async () => {
      const offsets: number[] = [];
      let points = logged(5);
      const mlflow = await open(pagesOf(() => points, offsets));
      const first = await mlflow.getMetricHistory('r', 'm', never);
      assert.deepEqual([...first.values], [0, 1, 2, 3, 4]);
      points = logged(8);
      const second = await mlflow.getMetricHistory('r', 'm', never, first);
      assert.deepEqual([...second.values], [0, 1, 2, 3, 4, 5, 6, 7]);
      assert.deepEqual(offsets, [0, 2, 4, 4, 6]);
    });

    it('are read from the beginning where a point was put in before what is known', async () => {
      const offsets: number[] = [];
      let points = logged(5);
      const mlflow = await open(pagesOf(() => points, offsets));
      const first = await mlflow.getMetricHistory('r', 'm', never);
      points = [...logged(1, 100), ...logged(5)];
      const second = await mlflow.getMetricHistory('r', 'm', never, first);
      assert.deepEqual([...second.values], [100, 0, 1, 2, 3, 4]);
      assert.deepEqual(offsets, [0, 2, 4, 4, 0, 2, 4]);
    });

    it('are sampled for many runs in one request', async () => {
      let asked: URLSearchParams | undefined;
      const mlflow = await open({
        [`${api}/metrics/get-history-bulk-interval`]: (query) => {
          asked = query;
          const of = (runId: string) => logged(2).map((point) => ({ ...point, run_id: runId }));
          return { json: { metrics: [...of('a'), ...of('b'), { value: 1 }] } };
        },
      });
      const previews = await mlflow.getMetricPreview(['a', 'b', 'c'], 'm', never);
      assert.deepEqual([...previews.keys()], ['a', 'b']);
      assert.deepEqual([...previews.get('b')!.values], [0, 1]);
      assert.deepEqual(asked?.getAll('run_ids'), ['a', 'b', 'c']);
      assert.equal(asked.get('max_results'), '1666');
    });

    it('have no samples on servers that know none, which is asked only once', async () => {
      const mlflow = await open({});
      assert.equal((await mlflow.getMetricPreview(['a'], 'm', never)).size, 0);
      assert.equal((await mlflow.getMetricPreview(['a'], 'm', never)).size, 0);
      assert.equal(server?.requests.length, 1);
    });
  });

  describe('pages', () => {
    it('are 1 to 1,000 items large, and asked for with the token', async () => {
      const bodies: unknown[] = [];
      const mlflow = await open({
        [`${api}/runs/search`]: (_, body) => {
          bodies.push(body);
          return { json: { runs: [run('a')], next_page_token: 'two' } };
        },
      });
      const query = { experimentIds: ['1'], view: 'all', filter: 'f', orderBy: ['o'] } as const;
      assert.equal((await mlflow.searchRuns({ ...query, pageSize: 99_999 }, never)).nextPageToken, 'two');
      const last = await mlflow.searchRuns({ ...query, pageSize: 0, pageToken: 'two' }, never);
      assert.equal(last.nextPageToken, undefined, 'the same token for ever is the end');
      assert.deepEqual(bodies, [
        { max_results: 1000, experiment_ids: ['1'], filter: 'f', run_view_type: 'ALL', order_by: ['o'] },
        {
          max_results: 1,
          page_token: 'two',
          experiment_ids: ['1'],
          filter: 'f',
          run_view_type: 'ALL',
          order_by: ['o'],
        },
      ]);
    });

    it('of artifacts are read to the end, but not for ever', async () => {
      let count = 0;
      const mlflow = await open({
        [`${api}/artifacts/list`]: () => ({
          json: { files: [{ path: `f${++count}` }], next_page_token: String(count) },
        }),
      });
      assert.equal((await mlflow.listArtifacts('r', '', never)).length, 20);
    });
  });

  describe('runs by id', () => {
    it('are asked for 100 at a time, each once', async () => {
      const filters: unknown[] = [];
      const mlflow = await open({
        [`${api}/runs/search`]: (_, { filter, run_view_type }) => {
          filters.push(filter);
          assert.equal(run_view_type, 'ALL');
          return { json: { runs: [run(String(filter))] } };
        },
      });
      const ids = Array.from({ length: 150 }, (_, index) => `id${index}`);
      assert.equal((await mlflow.getRuns('1', [...ids, ...ids], never)).length, 2);
      assert.match(String(filters[0]), /^attributes\.run_id IN \('id0', 'id1', .*'id99'\)$/);
      assert.match(String(filters[1]), /^attributes\.run_id IN \('id100', .*'id149'\)$/);
      assert.deepEqual(await mlflow.getRuns('1', [], never), []);
    });

    it('are got one by one from a server that does not know the filter, which is asked once', async () => {
      const mlflow = await open({
        [`${api}/runs/search`]: () => rejected,
        [`${api}/runs/get`]: (query) => {
          const id = query.get('run_id') ?? '';
          if (id === 'gone') {
            return { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'gone' } };
          }
          return { json: { run: run(id, id === 'elsewhere' ? '2' : '1') } };
        },
      });
      for (let count = 0; count < 2; count++) {
        const runs = await mlflow.getRuns('1', ['a', 'gone', 'elsewhere', 'b'], never);
        assert.deepEqual(
          runs.map(({ id }) => id),
          ['a', 'b'],
        );
      }
      assert.equal(server?.requests.filter((request) => request.startsWith('POST')).length, 1);
    });
  });

  describe('models', () => {
    it('leave out prompts', async () => {
      const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
      const mlflow = await open({
        [`${api}/registered-models/search`]: () => ({
          json: { registered_models: [{ name: 'a' }, { name: 'p', tags }] },
        }),
      });
      const page = await mlflow.searchRegisteredModels({ pageSize: 10 }, never);
      assert.deepEqual(
        page.items.map(({ name }) => name),
        ['a'],
      );
    });

    for (const [name, filter] of [
      ['plain', "name = 'plain'"],
      ["it's", 'name = "it\'s"'],
      ['a "b"', 'name = \'a "b"\''],
      ['it\'s "b"', 'name LIKE "it\'s _b_"'],
    ] as const) {
      it(`are searched for by the exact name ${name}, newest version first`, async () => {
        const mlflow = await open({
          [`${api}/model-versions/search`]: (query) => {
            assert.equal(query.get('filter'), filter);
            assert.equal(query.get('order_by'), 'version_number DESC');
            const versions = ['2', '10', '9'].map((version) => ({ name, version }));
            return { json: { model_versions: [...versions, { name: `${name}x`, version: '11' }] } };
          },
        });
        const page = await mlflow.searchModelVersions({ name, pageSize: 10 }, never);
        assert.deepEqual(
          page.items.map(({ version }) => version),
          ['10', '9', '2'],
        );
      });
    }

    it('are sorted by us where the server does not, which is asked once', async () => {
      const mlflow = await open({
        [`${api}/model-versions/search`]: (query) =>
          query.has('order_by') ? rejected : { json: { model_versions: [{ name: 'm', version: '1' }] } },
      });
      await mlflow.searchModelVersions({ name: 'm', pageSize: 10 }, never);
      await mlflow.searchModelVersions({ name: 'm', pageSize: 10 }, never);
      assert.equal(server?.requests.length, 3);
    });

    it('read a file, undefined if there is none', async () => {
      const missing = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' } };
      const replies: Readonly<Record<string, Reply>> = {
        MLmodel: { text: 'flavors: {}\n' },
        none: missing,
        crash: { status: 500, text: '<!doctype html>' },
        big: { text: 'x'.repeat(2 ** 20 + 1) },
        page: { text: '<html>Sign in' },
      };
      const mlflow = await open({
        '/model-versions/get-artifact': (query) => replies[query.get('path') ?? ''] ?? missing,
      });
      const read = (path: string): Promise<string | undefined> =>
        mlflow.readModelVersionFile({ name: 'm', version: '1' }, path, never);
      assert.equal(await read('MLmodel'), 'flavors: {}\n');
      assert.equal(await read('none'), undefined);
      assert.equal(await read('crash'), undefined);
      await assert.rejects(read('big'), ofKind('tooLarge'));
      await assert.rejects(read('page'), ofKind('notMlflow'));
    });

    it('are logged ones only where the server has those, which is asked once', async () => {
      const mlflow = await open({});
      for (let count = 0; count < 2; count++) {
        const page = await mlflow.searchLoggedModels({ experimentId: '1', pageSize: 10 }, never);
        assert.deepEqual(page, { items: [], nextPageToken: undefined });
      }
      assert.equal(server?.requests.length, 1);
    });
  });

  it('reads an artifact as it is, undefined if there is none, and says so where the server gives none', async () => {
    const missing = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' } };
    const replies: Readonly<Record<string, Reply>> = {
      'page.html': { text: '<html>an artifact' },
      none: missing,
      crash: { status: 500, text: '<!doctype html>' },
      big: { text: 'x'.repeat(101) },
    };
    const mlflow = await open({
      '/get-artifact': (query) => replies[query.get('path') ?? ''] ?? { status: 404, text: 'Not Found' },
    });
    const read = async (path: string): Promise<string | undefined> => {
      const bytes = await mlflow.readArtifact('r', path, 100, never);
      return bytes && Buffer.from(bytes).toString('utf8');
    };
    assert.equal(await read('page.html'), '<html>an artifact');
    assert.equal(await read('none'), undefined);
    assert.equal(await read('crash'), undefined);
    await assert.rejects(read('big'), ofKind('tooLarge'));
    await assert.rejects(read('no such endpoint'), ofKind('unsupported'));
  });

  describe('tags of experiments', () => {
    it('are made empty where a server cannot delete them', async () => {
      const bodies: unknown[] = [];
      const mlflow = await open({
        [`${api}/experiments/set-experiment-tag`]: (_, body) => {
          bodies.push(body);
          return { json: {} };
        },
      });
      await (await mlflow.editor('runs')).deleteExperimentTag('1', 'k', never);
      assert.deepEqual(bodies, [{ experiment_id: '1', key: 'k', value: '' }]);
    });

    it('are not set where a web page answers', async () => {
      const mlflow = await open({
        [`${api}/experiments/set-experiment-tag`]: () => ({ text: '<!doctype html>Sign in' }),
      });
      const editor = await mlflow.editor('runs');
      await assert.rejects(editor.setExperimentTag('1', 'k', 'v', never), ofKind('notMlflow'));
    });
  });

  it('says so when an answer lacks what was asked for', async () => {
    const mlflow = await open({ [`${api}/runs/get`]: () => ({ json: {} }) });
    await assert.rejects(mlflow.getRun('r', never), ofKind('malformed'));
  });

  it('ends what is under way when disposed, in silence, and takes nothing on', async () => {
    const arrived = defer();
    server = await startLocalServer(() => {
      arrived.resolve();
    });
    store = new RestStore({
      baseUri: server.uri,
      authorize: () => Promise.resolve(new Map()),
      timeoutMs: 5000,
      log: () => undefined,
    });
    const asking = store.getRun('r', never);
    await arrived.promise;
    store.dispose();
    await assert.rejects(asking, { name: 'AbortError' });
    await assert.rejects(store.getRun('r', never), { name: 'AbortError' });
    assert.equal(server.requests.length, 1);
  });
});
