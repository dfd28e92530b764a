import { HttpClient } from '../tracking/rest/http';

/** Speaks to a server of this window, which wants no credentials. A request may take `timeoutMs`. */
export function localClient(address: string, timeoutMs: number): HttpClient {
  return new HttpClient({
    ...{ baseUri: address, timeoutMs, userAgent: 'mlflow-lens' },
    authorize: () => Promise.resolve(new Map()),
    log: () => undefined,
  });
}
