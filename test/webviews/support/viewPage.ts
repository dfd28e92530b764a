import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createNonce, panelHtml } from '../../../extension/ui/panelHtml';
import { Channel } from '../../../webviews/protocol/channel';
import { projectRoot } from '../../support/cache';
import { ensureChromium } from '../../support/tools';
import { PATIENCE_MS } from '../../support/until';

/** A view in a real browser, under the content policy of the real panel and with a fake VS Code behind it. */

const root = projectRoot();
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

export type ThemeName = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

interface Theme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What the page did that a view has no business to do. */
export interface Misdeeds {
  readonly requests: readonly string[];
  readonly dialogs: number;
  readonly navigations: number;
  /** What the content policy or the page's own code complained about. */
  readonly complaints: readonly string[];
}

export interface ViewPage {
  readonly page: Page;
  /** The extension's end of the line. */
  readonly channel: Channel;
  readonly misdeeds: Misdeeds;
  /** Loads the view; whoever answers it is to be in place by then. */
  load(): Promise<void>;
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly savedState?: unknown;
  readonly size?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: boolean;
}

/** A server for dist/webviews and a browser; `open` makes a page for a view. */
export class ViewBench {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly view: string,
  ) {}

  static async start(view: string): Promise<ViewBench> {
    const server = createServer((request, response) => {
      const path = (request.url ?? '/').replace(/\?.*/, '');
      if (path === '/') {
        response.setHeader('content-type', 'text/html');
        response.end(page(view, server));
        return;
      }
      readFile(join(root, 'dist', 'webviews', path.replaceAll('..', ''))).then(
        (content) => {
          response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
          response.end(content);
        },
        () => {
          response.statusCode = 404;
          response.end();
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    return new ViewBench(browser, server, view);
  }

  async open(options: OpenOptions = {}): Promise<ViewPage> {
    const context = await this.browser.newContext({
      viewport: options.size ?? { width: 1000, height: 800 },
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const misdeeds = watch(page, originOf(this.server), this.view);
    const channel = await connect(page);
    await page.addInitScript(pretendVsCode, {
      state: options.savedState,
      theme: await themeOf(options.theme),
    });
    const load = async () => {
      await page.goto(originOf(this.server));
    };
    return { page, channel, misdeeds, load };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function page(view: string, server: Server): string {
  return panelHtml({
    title: view,
    cspSource: originOf(server),
    scriptUri: `${originOf(server)}${view}.js`,
    styleUri: `${originOf(server)}${view}.css`,
    nonce: createNonce(),
  });
}

async function themeOf(name: ThemeName = 'dark'): Promise<Theme> {
  const file = join(root, 'test', 'webviews', 'support', 'themes.json');
  return (JSON.parse(await readFile(file, 'utf8')) as Record<ThemeName, Theme>)[name];
}

async function connect(page: Page): Promise<Channel> {
  let receive: ((message: unknown) => void) | undefined;
  await page.exposeFunction('postToExtension', (message: unknown) => receive?.(message));
  return new Channel(
    {
      post: (message) => {
        void page.evaluate((value) => {
          window.postMessage(value, '*');
        }, message);
      },
      onMessage: (listener) => {
        receive = listener;
        return { dispose: () => (receive = undefined) };
      },
    },
    () => undefined,
  );
}

/** Runs in the page, before the view: what VS Code puts there. */
function pretendVsCode({ state, theme }: { state: unknown; theme: Theme }): void {
  const world = window as unknown as Record<string, unknown>;
  const post = world['postToExtension'] as (message: unknown) => void;
  const api = {
    postMessage: (message: unknown) => {
      post(message);
    },
    getState: () => state,
    setState: (next: unknown) => (world['savedState'] = next),
  };
  world['acquireVsCodeApi'] = () => api;
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body.className = theme.bodyClass;
  });
}

function watch(page: Page, origin: string, view: string): Misdeeds {
  const own = new Set(['', `${view}.js`, `${view}.css`].map((file) => origin + file));
  const misdeeds = { requests: [] as string[], dialogs: 0, navigations: -1, complaints: [] as string[] };
  page.on('request', (request) => {
    const isFont = request.resourceType() === 'font' && request.url().startsWith(`${origin}codicon`);
    if (!own.has(request.url()) && !isFont) misdeeds.requests.push(request.url());
  });
  page.on('dialog', (dialog) => {
    misdeeds.dialogs++;
    void dialog.dismiss();
  });
  page.on('framenavigated', () => misdeeds.navigations++);
  page.on('pageerror', (error) => misdeeds.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') misdeeds.complaints.push(message.text());
  });
  return misdeeds;
}
