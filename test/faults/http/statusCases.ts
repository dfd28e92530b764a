import assert from 'node:assert/strict';
import type { TrackingErrorKind } from '../../../extension/tracking/errors';
import { injectIntoVictim, type Expected, type FaultCase } from './faultCase';
import type { Change, Exchange, Fault } from './faultProxy';

const page = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** Answers with a status, as a proxy or gateway in between does: with a page of its own. */
function answer(status: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(page(`${status}`));
    return true;
  };
}

/** Answers as the real MLflow does when asked something else. */
function answerTo(change: Change): Fault {
  return async (exchange: Exchange) => {
    exchange.relay(await exchange.forward(change));
    return true;
  };
}

function mlflowError(status: number, error_code: string, message: string): Fault {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error_code, message }));
    return true;
  };
}

function statusCase(name: string, fault: Fault, expected: Expected, deadline = 2000): FaultCase {
  return {
    group: 'status',
    name,
    inject: (stage) => injectIntoVictim(stage, fault, { expected, deadline }),
  };
}

function failing(kind: TrackingErrorKind, message: RegExp): Expected {
  return { kind, message };
}

/** What may pass is tried three times, which takes up to 2 s. */
function passing(status: number, kind: TrackingErrorKind, message: RegExp): FaultCase {
  return statusCase(String(status), answer(status), { kind, message, tries: 3 }, 4000);
}

/** Asks to wait a second, once; then all is well. */
function limitOnce(): Fault {
  let hasLimited = false;
  return (exchange) => {
    if (hasLimited) return false;
    hasLimited = true;
    return answer(429, { 'retry-after': '1' })(exchange);
  };
}

const equal: Expected = { check: assert.deepEqual, tries: 2 };

/** The HTTP statuses, from the real MLflow where it can be brought to say them. */
export const statusCases: readonly FaultCase[] = [
  statusCase(
    '400 a filter MLflow rejects',
    answerTo({ body: '{"experiment_ids":["0"],"max_results":1,"filter":"metrics.a BETWEEN 1"}' }),
    failing('rejected', /says: .*filter/i),
  ),
  statusCase(
    '401',
    answer(401, { 'www-authenticate': 'Bearer realm="gateway"' }),
    failing('unauthorized', /sign-in \(401, Bearer\)/),
  ),
  statusCase(
    '403 a Host MLflow rejects',
    answerTo({ host: 'elsewhere.test' }),
    failing('forbidden', /--allowed-hosts/),
  ),
  statusCase(
    '404 a run MLflow does not have',
    answerTo({ method: 'GET', path: '/api/2.0/mlflow/runs/get?run_id=none', body: '' }),
    failing('notFound', /Run with id=none not found/),
  ),
  passing(408, 'timeout', /408 Request Timeout/),
  statusCase(
    '409',
    mlflowError(409, 'RESOURCE_CONFLICT', 'Being deleted'),
    failing('rejected', /says: Being deleted/),
  ),
  statusCase('413', answer(413), failing('rejected', /413/)),
  statusCase('429 Retry-After in seconds', limitOnce(), equal, 4000),
  {
    group: 'status',
    name: '429 Retry-After as a date',
    inject: (stage) => {
      const date = new Date(Date.now() + 600_000).toUTCString();
      const expected = { kind: 'rateLimited', message: /429.*in 10 min/ } as const;
      return injectIntoVictim(stage, answer(429, { 'retry-after': date }), { expected, deadline: 2000 });
    },
  },
  statusCase(
    '429 without Retry-After',
    answer(429),
    { kind: 'rateLimited', message: /429.*later/, tries: 3 },
    4000,
  ),
  passing(500, 'serverError', /500 Internal Server Error/),
  passing(502, 'serverError', /502 Bad Gateway/),
  passing(503, 'serverError', /503 Service Unavailable/),
  passing(504, 'serverError', /504 Gateway Timeout/),
];
