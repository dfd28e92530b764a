import { deepEqual, equal, match } from 'node:assert/strict';
import { composeRequest } from '../../../extension/serving/composeRequest';
import { composeCurl } from '../../../extension/serving/curl';
import { composeFromExample } from '../../../extension/serving/inputExample';
import { formatReply } from '../../../extension/serving/scoring';

const skeletonOf = (signature: Record<string, unknown>): unknown => {
  const parts = Object.entries(signature).map(([name, specs]) => `  ${name}: '${JSON.stringify(specs)}'`);
  return JSON.parse(
    composeRequest({ mlmodel: `signature:\n${parts.join('\n')}\n`, example: undefined }),
  ) as unknown;
};

describe('The skeleton of a request', () => {
  it('has a row of values for columns, of each type', () => {
    const types = ['boolean', 'integer', 'double', 'string', 'binary', 'datetime', 'any', 'made up'];
    deepEqual(skeletonOf({ inputs: types.map((type) => ({ type, name: `a ${type}` })) }), {
      dataframe_split: {
        columns: types.map((type) => `a ${type}`),
        data: [[false, 0, 0, '', '', '2000-01-01T00:00:00', null, null]],
      },
    });
  });

  it('leaves columns without names without names', () => {
    deepEqual(skeletonOf({ inputs: [{ type: 'long' }, { type: 'string' }] }), {
      dataframe_split: { data: [[0, '']] },
    });
  });

  it('follows arrays, maps and objects', () => {
    const items = { type: 'object', properties: { role: { type: 'string' }, at: { type: 'double' } } };
    const spec = { name: 'messages', type: 'array', items };
    const map = { name: 'tags', type: 'map', values: { type: 'long' } };
    deepEqual(skeletonOf({ inputs: [spec, map] }), {
      dataframe_split: { columns: ['messages', 'tags'], data: [[[{ role: '', at: 0 }], { key: 0 }]] },
    });
  });

  it('gives a tensor its shape, any size being one, but never a huge one', () => {
    const tensor = (dtype: string, shape: readonly number[], name?: string) => ({
      ...{ type: 'tensor', name, 'tensor-spec': { dtype, shape } },
    });
    deepEqual(skeletonOf({ inputs: [tensor('float32', [-1, 2, 3])] }), {
      inputs: [
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ],
    });
    deepEqual(skeletonOf({ inputs: [tensor('bool', [-1], 'a'), tensor('str', [-1, 1], 'b')] }), {
      inputs: { a: [false], b: [['']] },
    });
    deepEqual(skeletonOf({ inputs: [tensor('int64', [-1, 4096, 4096])] }), { inputs: [[[0]]] });
  });

  it('holds the parameters with their defaults', () => {
    const params = [
      { name: 'k', type: 'long', default: 3, shape: null },
      { name: 'names', type: 'string', default: ['a'], shape: [-1] },
    ];
    deepEqual(skeletonOf({ params }), { inputs: [], params: { k: 3, names: ['a'] } });
  });

  it('is there for a model that says nothing, or nothing that can be read', () => {
    for (const mlmodel of ['', 'flavors: {}', 'signature: [', "signature: {inputs: '7'}"]) {
      deepEqual(JSON.parse(composeRequest({ mlmodel, example: undefined })), { inputs: [] });
    }
  });
});

describe('A request from an input example', () => {
  const convert = (info: Record<string, unknown>, example: unknown): unknown =>
    JSON.parse(composeFromExample({ kind: 'saved', text: JSON.stringify(example), info }) ?? '');

  it('is the serving example as it stands', () => {
    const text = '{"inputs": [9007199254740993]}';
    equal(composeFromExample({ kind: 'serving', text, info: {} }), text);
  });

  it('is made from what MLflow before 2.13 saved', () => {
    const frame = { columns: ['a'], data: [[1]] };
    deepEqual(convert({ type: 'dataframe', pandas_orient: 'split' }, frame), { dataframe_split: frame });
    deepEqual(convert({ type: 'ndarray' }, { inputs: [[1, 2]] }), { inputs: [[1, 2]] });
    deepEqual(convert({ type: 'json_object' }, { question: 'why' }), { inputs: { question: 'why' } });
    deepEqual(convert({ type: 'dataframe', params: 'true' }, { inputs: frame, params: { k: 1 } }), {
      dataframe_split: frame,
      params: { k: 1 },
    });
  });

  it('is none where the example is no JSON: then the signature says it', () => {
    const example = { kind: 'saved', text: 'a,b\n1,2', info: {} } as const;
    equal(composeFromExample(example), undefined);
    deepEqual(JSON.parse(composeRequest({ mlmodel: 'flavors: {}', example })), { inputs: [] });
  });
});

describe('A reply', () => {
  it('keeps every digit, and shows what is no JSON as it is', () => {
    match(
      formatReply({ status: 200, ms: 3, text: '{"predictions": [9007199254740993, 1.10]}' }),
      /"reply": \{\n {4}"predictions": \[\n {6}9007199254740993,\n {6}1\.10\n/,
    );
    match(
      formatReply({ status: 200, ms: 3, text: '{"predictions": [NaN]}' }),
      /"reply": \{"predictions": \[NaN\]\}\n\}/,
    );
    match(
      formatReply({ status: 502, ms: 3, text: '<h1>no</h1>' }),
      /"status": 502.*"reply": "<h1>no<\/h1>"/s,
    );
  });
});

describe('A curl command', () => {
  it('is one word for each argument, whatever the text holds', () => {
    equal(
      composeCurl('http://127.0.0.1:5001', `{"a": "it's $(touch /tmp/x) \`y\`"}`),
      `curl -sS http://127.0.0.1:5001/invocations -H 'Content-Type: application/json' --data-raw '{"a": "it'"'"'s $(touch /tmp/x) \`y\`"}'`,
    );
  });
});
