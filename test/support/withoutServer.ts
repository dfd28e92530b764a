import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { projectRoot } from './cache';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

/**
 * Makes code-server's window one that has no server behind it, as vscode.dev's: only web extensions run there. This
 * extension, as built in dist/, is there from the beginning.
 */
export async function leaveServer(page: Page): Promise<void> {
  await page.route(({ pathname }) => pathname === '/', nameExtension);
  await page.route(/\/workbench\/workbench\.js$/, (route) =>
    replaceIn(route, ',remoteAuthority:location.host}', '}'),
  );
  await page.context().route(/\/mlflow-lens\//, serveFile);
}

/** The page's settings name no server, but where extensions lie that come with the window. */
async function nameExtension(route: Route): Promise<void> {
  const { protocol, host } = new URL(route.request().url());
  const place = { scheme: protocol.slice(0, -1), authority: host, path: '/mlflow-lens' };
  const named = `"additionalBuiltinExtensions":${JSON.stringify([place])}`;
  await replaceIn(route, quoted('"remoteAuthority":"remote"'), quoted(named));
}

function quoted(json: string): string {
  return json.replaceAll('"', '&quot;');
}

async function replaceIn(route: Route, old: string, replacement: string): Promise<void> {
  const response = await route.fetch();
  const text = await response.text();
  if (!text.includes(old)) throw new Error(`code-server names its server in another way now: no ${old}`);
  await route.fulfill({ response, body: text.replace(old, () => replacement) });
}

async function serveFile(route: Route): Promise<void> {
  const [, path = ''] = new URL(route.request().url()).pathname.split('/mlflow-lens/');
  const body = await readFile(join(projectRoot(), path)).catch(() => undefined);
  await route.fulfill(body ? { body, contentType: types[extname(path)] ?? 'text/plain' } : { status: 404 });
}
