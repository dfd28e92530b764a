import assert from 'node:assert/strict';
import { TrackingError } from '../../../../extension/tracking/errors';
import { HttpClient, type HttpRequest } from '../../../../extension/tracking/rest/http';

export const secret = 'Bearer c4nary-t0ken';
export const never = new AbortController().signal;
export const ping: HttpRequest = { method: 'GET', path: '/ping', isRepeatable: true };
export const once: HttpRequest = { ...ping, isRepeatable: false };

export function openClient(baseUri: string, timeoutMs = 5000, log: string[] = []): HttpClient {
  return new HttpClient({
    baseUri,
    authorize: () => Promise.resolve(new Map([['authorization', secret]])),
    timeoutMs,
    log: (line) => log.push(line),
    userAgent: 'mlflow-lens/test',
  });
}

/** How a request fails: with a TrackingError that names the host and nothing secret. */
export async function fail(client: HttpClient, request = once, signal = never): Promise<TrackingError> {
  const failure = await client.send(request, signal).then(
    () => assert.fail('an answer came'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof TrackingError, String(failure));
  assert.ok(failure.message.includes(client.host), failure.message);
  assert.doesNotMatch(failure.message, /c4nary/);
  return failure;
}

export function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
