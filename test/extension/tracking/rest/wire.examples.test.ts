import assert from 'node:assert/strict';
import { explainStatus } from '../../../../extension/tracking/rest/httpStatus';
import { decodeReply, type ReplyName } from '../../../../extension/tracking/rest/wire/reply';
import { readExamples, type Example } from './examples';

/** The endpoints we use, the reply each gives, and where its items are. */
const endpoints: Readonly<Record<string, readonly [reply: ReplyName, key: string]>> = {
  'POST experiments/search': ['experiments', 'experiments'],
  'POST runs/search': ['runs', 'runs'],
  'GET runs/get': ['run', 'run'],
  'GET artifacts/list': ['artifacts', 'files'],
  'GET registered-models/search': ['registeredModels', 'registered_models'],
  'GET registered-models/get': ['registeredModel', 'registered_model'],
  'GET model-versions/search': ['modelVersions', 'model_versions'],
  'POST logged-models/search': ['loggedModels', 'models'],
};

const kinds: Readonly<Record<number, string>> = {
  400: 'rejected',
  401: 'unauthorized',
  403: 'forbidden',
  500: 'serverError',
  501: 'serverError',
  503: 'serverError',
};

function endpointOf({ method, path }: Example): string {
  return `${method} ${path.replace(/^.*?\/api\/2\.0\/mlflow\//, '')}`;
}

function kindOf({ status, response }: Example): string | undefined {
  const isMlflow = typeof response === 'object' && response !== null && 'error_code' in response;
  if (status === 404 || status === 405) return isMlflow ? 'notFound' : 'notMlflow';
  return kinds[status];
}

describe('replies recorded from MLflow 3.17.2', () => {
  const examples = readExamples();
  if (!examples) {
    it.skip('are in ../shared/reference/examples, which is not here');
    return;
  }

  for (const example of examples.filter(({ status }) => status === 200)) {
    const endpoint = endpoints[endpointOf(example)];
    if (!endpoint) continue;
    const [name, key] = endpoint;
    it(`decodes ${example.name}`, () => {
      const page = decodeReply(name, JSON.stringify(example.response));
      const raw = (example.response as Readonly<Record<string, unknown>>)[key] ?? [];
      const expected = Array.isArray(raw) ? raw.length : 1;
      assert.equal(page.items.length, expected, 'every item is kept');
    });
  }

  it('cover every endpoint we use', () => {
    const recorded = new Set(examples.filter(({ status }) => status === 200).map(endpointOf));
    assert.deepEqual(
      Object.keys(endpoints).filter((endpoint) => !recorded.has(endpoint)),
      [],
    );
  });

  for (const example of examples.filter(({ status }) => status >= 400)) {
    it(`explains ${example.name}`, () => {
      const { response, status } = example;
      const isText = typeof response === 'string';
      const failure = explainStatus({
        host: 'mlflow.test',
        path: example.path,
        status,
        headers: new Headers({ ...example.headers }),
        text: isText ? response : JSON.stringify(response),
        retryAfter: undefined,
        secrets: [],
      });
      assert.equal(failure.kind, kindOf(example));
      assert.match(failure.message, /mlflow\.test/);
      assert.ok(failure.message.length < 450);
    });
  }
});
