import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Run } from '../../../../extension/tracking/model';
import { hasLongInteger } from '../../../../extension/tracking/rest/wire/json';
import { parseLossless } from '../../../../extension/tracking/rest/wire/losslessJson';
import { decodeReply, decodeText, UnusableReply } from '../../../../extension/tracking/rest/wire/reply';

function decodeRunReply(run: unknown): Run | undefined {
  return decodeReply('run', JSON.stringify({ run })).items[0];
}

const metric = (value: unknown, step: unknown = 0): unknown => ({
  info: { run_id: 'r' },
  data: { metrics: [{ key: 'm', value, step, timestamp: 1_700_000_000_000 }] },
});

describe('decoding a reply', () => {
  it('takes an empty object for an empty page, as MLflow leaves out empty lists', () => {
    assert.deepEqual(decodeReply('runs', '{}'), { items: [], nextPageToken: undefined });
  });

  it('names the next page', () => {
    const page = decodeReply(
      'experiments',
      '{"experiments":[{"experiment_id":"1"}],"next_page_token":"abc"}',
    );
    assert.equal(page.nextPageToken, 'abc');
    assert.equal(page.items[0]?.id, '1');
  });

  it('leaves out what has no id, and keeps the rest', () => {
    const runs = [
      { info: { run_id: 'a' } },
      {},
      null,
      7,
      'x',
      [],
      { info: null },
      { info: { run_uuid: 'b' } },
    ];
    const page = decodeReply('runs', JSON.stringify({ runs }));
    assert.deepEqual(
      page.items.map(({ id }) => id),
      ['a', 'b'],
    );
  });

  it('keeps a run whose every other field has the wrong type', () => {
    const wrong = { a: [1] };
    const info = {
      run_id: 'r',
      run_name: wrong,
      status: 7,
      start_time: 'soon',
      end_time: wrong,
      lifecycle_stage: 1,
    };
    const data = { metrics: wrong, params: 'p', tags: [{ key: 1, value: 2 }, 'x', { value: 'no key' }] };
    const run = decodeRunReply({ info, data, inputs: 3, outputs: [{}] });
    assert.deepEqual(run, {
      id: 'r',
      name: '',
      experimentId: '',
      status: 'UNKNOWN',
      lifecycle: 'active',
      startedAt: undefined,
      endedAt: undefined,
      userId: '',
      artifactUri: '',
      params: new Map(),
      metrics: new Map(),
      tags: new Map(),
      datasets: [],
      modelInputs: [],
      modelOutputs: [],
    });
  });

  it('reads datasets with their context, and the models a run took and made', () => {
    const dataset = { name: 'd', digest: '1f', source_type: 'local', source: '{"uri":"x"}', schema: '{}' };
    const run = decodeRunReply({
      info: { run_id: 'r' },
      inputs: {
        dataset_inputs: [{ tags: [{ key: 'mlflow.data.context', value: 'eval' }], dataset }],
        model_inputs: [{ model_id: 'm-1' }],
      },
      outputs: { model_outputs: [{ model_id: 'm-2', step: 3 }, {}] },
    });
    assert.deepEqual(run?.datasets, [
      {
        name: 'd',
        digest: '1f',
        sourceType: 'local',
        source: '{"uri":"x"}',
        schema: '{}',
        profile: undefined,
        context: 'eval',
      },
    ]);
    assert.deepEqual(run.modelInputs, ['m-1']);
    assert.deepEqual(run.modelOutputs, [{ modelId: 'm-2', step: 3 }]);
  });

  for (const [value, expected] of [
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    [Number.MAX_VALUE, Infinity],
    [-Number.MAX_VALUE, -Infinity],
    [1.7976931348623155e308, 1.7976931348623155e308],
    ['0.5', 0.5],
    ['', NaN],
    [null, NaN],
    [true, NaN],
    [0, 0],
  ] as const) {
    it(`reads the metric ${JSON.stringify(value)} as ${expected}`, () => {
      assert.ok(Object.is(decodeRunReply(metric(value))?.metrics.get('m')?.value, expected));
    });
  }

  it('reads times only where a Date can hold them', () => {
    const run = decodeRunReply({ info: { run_id: 'r', start_time: 8.64e15, end_time: 8.64e15 + 1 } });
    assert.equal(run?.startedAt, 8.64e15);
    assert.equal(run.endedAt, undefined);
  });

  it('treats __proto__ as any other key', () => {
    const text =
      '{"__proto__":{"runs":[{"info":{"run_id":"no"}}]},"runs":[{"info":{"run_id":"r","__proto__":{"run_name":"no"}},' +
      '"data":{"tags":[{"key":"__proto__","value":"v"}],"params":[{"__proto__":{"key":"k"},"value":"v"}]}}]}';
    for (const parse of [JSON.parse, parseLossless]) {
      const page = decodeReply('runs', text, parse);
      assert.equal(page.items.length, 1);
      assert.equal(page.items[0]?.name, '');
      assert.equal(page.items[0].tags.get('__proto__'), 'v');
      assert.equal(page.items[0].params.size, 0);
    }
    assert.equal(({} as Record<string, unknown>)['runs'], undefined);
  });

  it('lets the later of two equal keys win', () => {
    const text = '{"run":{"info":{"run_id":"a","run_id":"b"}}}';
    assert.equal(decodeReply('run', text).items[0]?.id, 'b');
    assert.equal(decodeReply('run', text, parseLossless).items[0]?.id, 'b');
  });

  it('survives nesting of any depth', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const page = decodeReply('runs', `{"runs":[{"info":{"run_id":"r","run_name":${deep}}}],"extra":${deep}}`);
    assert.equal(page.items[0]?.id, 'r');
    assert.throws(
      () => decodeReply('runs', `{"a":9007199254740993,"b":${deep}}`, parseLossless),
      UnusableReply,
    );
  });

  it('leaves out a logged model’s status prefix, and knows prompts by their tag only', () => {
    const text =
      '{"models":[{"info":{"model_id":"m-1","status":"LOGGED_MODEL_READY","creation_timestamp_ms":5}}]}';
    const [model] = decodeReply('loggedModels', text).items;
    assert.equal(model?.status, 'READY');
    assert.equal(model.createdAt, 5);
  });

  it('reads registered models with aliases, stages and numeric versions', () => {
    const version = { name: 'm', version: 3, current_stage: 'Staging', status: 'SOMETHING_NEW', run_id: '' };
    const registered_models = [
      { name: 'm', aliases: [{ alias: 'best', version: 3 }, {}], latest_versions: [version, {}] },
    ];
    const [model] = decodeReply('registeredModels', JSON.stringify({ registered_models })).items;
    assert.deepEqual(model?.aliases, [{ alias: 'best', version: '3' }]);
    assert.equal(model.latestVersions.length, 1);
    assert.equal(model.latestVersions[0]?.version, '3');
    assert.equal(model.latestVersions[0].status, 'UNKNOWN');
    assert.equal(model.latestVersions[0].runId, undefined);
  });
});

describe('a reply that is not MLflow’s', () => {
  for (const [what, text, kind, message] of [
    ['a sign-in page', '\n<!DOCTYPE html><html><body>Sign in</body></html>', 'notMlflow', /web page/],
    ['nothing', '', 'malformed', /nothing/],
    ['JSON that breaks off', '{"runs":[{"info":{"run_id":"r"', 'malformed', /breaks off/],
    ['a string that breaks off', '{"runs":[{"info":{"run_id":"r', 'malformed', /breaks off/],
    ['noise', '\u0000\u0001garbage', 'malformed', /not JSON/],
    ['a list', '[]', 'notMlflow', /not MLflow/],
    ['a number', '42', 'notMlflow', /not MLflow/],
  ] as const) {
    it(`says so of ${what}`, () => {
      assert.throws(
        () => decodeReply('runs', text),
        (error) => error instanceof UnusableReply && error.kind === kind && message.test(error.message),
      );
    });
  }

  it('says so of somebody else’s JSON when connecting, but takes new fields', () => {
    assert.throws(() => decodeReply('firstExperiments', '{"status":"ok"}'), UnusableReply);
    assert.equal(decodeReply('firstExperiments', '{"experiments":[],"new":1}').items.length, 0);
    assert.equal(decodeReply('firstExperiments', '{}').items.length, 0);
  });

  it('reads text with a byte order mark, and refuses invalid UTF-8', () => {
    assert.equal(decodeText(Buffer.from('\uFEFF{}')), '{}');
    assert.throws(() => decodeText(Buffer.from([0x7b, 0xff, 0x7d])), UnusableReply);
  });
});

describe('64-bit integers', () => {
  const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const readStep = (step: string): unknown => {
    const text = `{"run":{"info":{"run_id":"r"},"data":{"metrics":[{"key":"m","value":1,"step": ${step}}]}}}`;
    const parse = hasLongInteger(text) ? parseLossless : JSON.parse;
    return decodeReply('run', text, parse).items[0]?.metrics.get('m')?.step;
  };

  it('survive as numbers and as text, and are numbers where that is exact', () => {
    fc.assert(
      fc.property(int64, (value) => {
        for (const step of [String(value), `"${value}"`]) {
          const read = readStep(step) as number | bigint;
          assert.equal(BigInt(read), value);
          assert.equal(typeof read, Number.isSafeInteger(Number(value)) ? 'number' : 'bigint');
        }
      }),
    );
  });

  it('are found wherever JSON.parse would round one', () => {
    const json = fc.json({ noUnicodeString: false });
    fc.assert(
      fc.property(json, int64, (filler, value) => {
        const text = `{"filler": ${filler}, "list": [\n${value}], "value":${value}}`;
        if (!Number.isSafeInteger(Number(value))) assert.ok(hasLongInteger(text));
        const parsed = parseLossless(text) as { value: number | bigint };
        assert.equal(BigInt(parsed.value), value);
      }),
      { numRuns: 50 },
    );
  });

  it('are read as JSON.parse reads them where it is exact', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value });
        if (!hasLongInteger(text)) assert.deepEqual(parseLossless(text), JSON.parse(text));
      }),
    );
  });

  it('are not looked for in ordinary timestamps and fractions', () => {
    assert.equal(
      hasLongInteger('{"timestamp": 1795219715954, "value": 0.1234567890123456789, "b": 1.79e+308}'),
      false,
    );
  });
});
