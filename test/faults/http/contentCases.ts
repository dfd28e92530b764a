import assert from 'node:assert/strict';
import type { TrackingErrorKind } from '../../../extension/tracking/errors';
import { asRuns, injectIntoVictim, type Expected, type FaultCase, type Stage } from './faultCase';
import type { Exchange, Fault } from './faultProxy';
import { oneRun, rewrite, type WirePage } from './spoilt';

function failing(name: string, fault: Fault, kind: TrackingErrorKind, message: RegExp): FaultCase {
  const expected: Expected = { kind, message };
  return { group: 'content', name, inject: (stage) => injectIntoVictim(stage, fault, { expected }) };
}

/** An answer that is odd but can be read: all of it comes through. */
function harmless(name: string, fault: (stage: Stage) => Fault): FaultCase {
  const expected: Expected = { check: assert.deepEqual };
  return { group: 'content', name, inject: (stage) => injectIntoVictim(stage, fault(stage), { expected }) };
}

const signIn = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>';

const oddMetrics = [
  { key: 'nan', value: 'NaN', step: 1, timestamp: 1 },
  { key: 'up', value: 'Infinity', step: 1, timestamp: 1 },
  { key: 'down', value: '-Infinity', step: 1, timestamp: 1 },
];

const longSteps = ['9007199254740993', '9223372036854775807', '-9223372036854775808'];

/** What a server, or something that stands in for it, may write into a 200. */
export const contentCases: readonly FaultCase[] = [
  failing(
    'a sign-in page with 200',
    rewrite(() => signIn, 'text/html'),
    'notMlflow',
    /web page/,
  ),
  failing(
    'nothing',
    rewrite(() => ''),
    'malformed',
    /nothing at all/,
  ),
  {
    group: 'content',
    name: 'garbage',
    inject: (stage) => {
      const garbage = Buffer.from(Array.from({ length: 5000 }, () => stage.random.below(128)));
      const expected: Expected = { kind: 'malformed', message: /not JSON|breaks off/ };
      return injectIntoVictim(
        stage,
        rewrite(() => garbage),
        { expected },
      );
    },
  },
  harmless('a byte order mark', () => rewrite((text) => `\uFEFF${text}`)),
  {
    group: 'content',
    name: 'bad UTF-8',
    inject: (stage) => {
      const fault = rewrite((text) => {
        const body = Buffer.from(text);
        body[stage.random.below(body.length)] = 0xff;
        return body;
      });
      return injectIntoVictim(stage, fault, { expected: { kind: 'malformed', message: /UTF-8/ } });
    },
  },
  oneRun(
    'JSON 100,000 deep',
    (run, page) => {
      run.info['user_id'] = '@';
      return JSON.stringify(page).replace('"@"', '['.repeat(100_000) + ']'.repeat(100_000));
    },
    (run, before) => {
      assert.deepEqual(run, { ...before, userId: '' });
    },
  ),
  oneRun(
    'missing and unknown fields',
    (run, page) => {
      run.info = { run_id: run.info['run_id'], since_next_year: { a: [1] } };
      run.data = {};
      page['total'] = 7;
      return undefined;
    },
    (run) => {
      assert.equal(run?.status, 'UNKNOWN');
      assert.equal(run.params.size + run.metrics.size + run.tags.size, 0);
    },
  ),
  oneRun(
    'fields of the wrong type',
    (run) => {
      Object.assign(run.info, {
        run_name: { a: 1 },
        status: ['FINISHED'],
        start_time: 'soon',
        user_id: null,
      });
      Object.assign(run.data, { metrics: 'none', params: [null, 1, { key: 2 }], tags: { a: 'b' } });
      return undefined;
    },
    (run) => {
      assert.equal(run?.status, 'UNKNOWN');
      assert.equal(run.startedAt, undefined);
      assert.equal(run.params.size + run.metrics.size + run.tags.size, 0);
    },
  ),
  oneRun(
    '"NaN" and infinities',
    (run) => {
      run.data['metrics'] = oddMetrics;
      return undefined;
    },
    (run) => {
      assert.deepEqual(
        [...(run?.metrics.values() ?? [])].map(({ value }) => value),
        [NaN, Infinity, -Infinity],
      );
    },
  ),
  harmless('duplicate keys', () =>
    rewrite((text) => text.replace('{', '{"runs":[{"info":{"run_id":"no"}}],')),
  ),
  harmless('__proto__', () =>
    rewrite((text) =>
      text.replaceAll(
        '"info": {',
        '"info": {"__proto__": {"run_name": "no", "user_id": {}}, "constructor": 1, ',
      ),
    ),
  ),
  {
    group: 'content',
    name: 'the same page token for ever',
    inject: (stage) => {
      const fault = rewrite((text) =>
        JSON.stringify({ ...(JSON.parse(text) as WirePage), next_page_token: 'again' }),
      );
      const query = { experimentIds: [stage.victimExperiment], view: 'active', pageSize: 5 };
      const expected: Expected = {
        check: (value) => {
          assert.equal((value as { nextPageToken?: string }).nextPageToken, undefined);
          assert.equal(asRuns(value).length, 5);
        },
      };
      // What MLflow gives for such a token is an error, so the proxy asks it for the first page instead.
      const first: Fault = (exchange) => {
        const body = { ...(JSON.parse(exchange.body) as object), page_token: undefined };
        const forward = (): ReturnType<Exchange['forward']> =>
          exchange.forward({ body: JSON.stringify(body) });
        return fault({ ...exchange, forward });
      };
      return injectIntoVictim(stage, first, {
        expected,
        victim: { method: 'searchRuns', args: [{ ...query, pageToken: 'again' }] },
        recovery: { method: 'searchRuns', args: [query] },
      });
    },
  },
  {
    group: 'content',
    name: 'max_results ignored',
    inject: (stage) => {
      const query = { experimentIds: [stage.victimExperiment], view: 'active', pageSize: 5 };
      const fault: Fault = async (exchange) => {
        const body = { ...(JSON.parse(exchange.body) as object), max_results: 1000 };
        exchange.relay(await exchange.forward({ body: JSON.stringify(body) }));
        return true;
      };
      const expected: Expected = {
        check: (value, baseline) => {
          assert.ok(asRuns(value).length > 40, 'all that came is shown');
          assert.deepEqual(asRuns(value).slice(0, 5), asRuns(baseline));
        },
      };
      return injectIntoVictim(stage, fault, { expected, victim: { method: 'searchRuns', args: [query] } });
    },
  },
  oneRun(
    'an unknown status',
    (run) => {
      run.info['status'] = 'HIBERNATING';
      run.info['lifecycle_stage'] = 'mummified';
      return undefined;
    },
    (run, before) => {
      assert.deepEqual(run, { ...before, status: 'UNKNOWN', lifecycle: 'active' });
    },
  ),
  {
    group: 'content',
    name: '404 on an endpoint of newer servers',
    inject: async (stage) => {
      const proxy = await stage.startProxy();
      let hits = 0;
      return {
        baseUri: proxy.uri,
        victim: {
          method: 'searchLoggedModels',
          args: [{ experimentId: stage.victimExperiment, pageSize: 5 }],
        },
        // What is missing is remembered for the life of the store, so recovery is seen in something else.
        recovery: { method: 'searchRegisteredModels', args: [{ pageSize: 5 }] },
        expected: {
          check: (value) => {
            assert.deepEqual(value, { items: [], nextPageToken: undefined });
          },
        },
        begin: () => {
          proxy.fault = ({ path, response }) => {
            if (!path.includes('/logged-models/')) return false;
            hits++;
            response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><h1>Not Found</h1>');
            return true;
          };
        },
        end: () => {
          proxy.fault = undefined;
        },
        neighbours: 'same',
        hits: () => hits,
      };
    },
  },
  oneRun(
    '64-bit steps',
    (run, page) => {
      run.data['metrics'] = longSteps.map((step) => ({
        key: step,
        value: 1,
        timestamp: 1,
        step: `@${step}`,
      }));
      return JSON.stringify(page).replaceAll(/"@(-?\d+)"/g, '$1');
    },
    (run) => {
      assert.deepEqual(
        [...(run?.metrics.values() ?? [])].map(({ step }) => step),
        longSteps.map(BigInt),
      );
    },
  ),
];
