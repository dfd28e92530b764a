import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { namedPayloads } from '../../webviews/support/hostileTexts';

/** A server that nobody has a reason to ask for anything. */
export interface Canary {
  /** Its host and port, as the payloads name it. */
  readonly host: string;
  /** `METHOD /path` of all that was asked of it. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** Starts the server that payloads try to reach. Whoever comes gets a script, whatever they wanted. */
export async function startCanary(): Promise<Canary> {
  const requests: string[] = [];
  const server = createServer(({ method, url }, response) => {
    requests.push(`${method ?? ''} ${url ?? ''}`);
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
    response.end('<script>window.hacked=1</script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A text that would do harm where it is taken for more than text. */
export interface Payload {
  readonly name: string;
  readonly text: string;
}

/** As many elements as keep a browser busy for a while. */
const heap = '<b><img src=x onerror="window.hacked=1">'.repeat(2500);

/** All payloads, aimed at the canary. */
export function aimPayloads({ host }: Pick<Canary, 'host'>): readonly Payload[] {
  const named = Object.entries({ ...namedPayloads, 'a hundred kilobytes': heap });
  return named.map(([name, text]) => ({ name, text: text.replaceAll('127.0.0.1:1', host) }));
}

/** What in an address, a style or a handler gives a payload away. */
export function marksOf({ host }: Pick<Canary, 'host'>): readonly string[] {
  return [host, 'hacked', 'workbench.action.quit', 'example.invalid'];
}
