import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type CompletionItem,
  createProtocolConnection,
  type DataCallback,
  Disposable,
  type DocumentDiagnosticReport,
  type Location,
  type Message,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { type FileParams, fileRequests } from '../../language-server/protocol';
import { openBrowser } from '../support/browser';
import { projectRoot } from '../support/cache';
import { introduce, open, pulls } from './client';

const folder = 'vscode-vfs://github/owner/repository/';
const uri = `${folder}MLproject`;
const text = 'conda_env: gone.yaml\nentry_points:\n  main:\n    command: python train.py {alpha}\n';

describe('dist/web/language-server.js in a web worker', () => {
  let browser: Browser;
  let page: Page;
  let client: ProtocolConnection;

  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    client = await startWorker(page);
    client.onRequest(fileRequests.kind, (asked: FileParams) =>
      asked.uri === `${folder}train.py` ? 'file' : 'missing',
    );
    client.onRequest(fileRequests.text, () => '');
    client.onRequest(fileRequests.entries, () => [{ name: 'train.py', kind: 'file' }]);
    client.onRequest('client/registerCapability', () => null);
    await introduce(client, { capabilities: pulls, initializationOptions: { readsFiles: true } });
    await open(client, uri, text);
  });
  after(async () => {
    client.dispose();
    await browser.close();
  });

  it('tells what is wrong with a project, whose files the client reads', async () => {
    const report = await client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    ok(report.kind === 'full');
    deepEqual(
      report.items.map(({ code }) => code),
      ['mlproject.missing-environment-file', 'mlproject.undeclared-parameter'],
    );
  });

  it('completes, and finds its way', async () => {
    const items = await client.sendRequest<readonly CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 4, character: 0 },
    });
    ok(items.some(({ label }) => label === 'name'));
    const places = await client.sendRequest<readonly Location[]>('textDocument/definition', {
      textDocument: { uri },
      position: { line: 3, character: 22 },
    });
    equal(places[0]?.uri, `${folder}train.py`);
  });
});

/** The built server in a worker of that page, and who speaks to it by postMessage. */
async function startWorker(page: Page): Promise<ProtocolConnection> {
  const reader = new PageReader();
  await page.exposeFunction('fromServer', (message: Message) => {
    reader.take(message);
  });
  const script = await readFile(join(projectRoot(), 'dist', 'web', 'language-server.js'), 'utf8');
  const worker = await page.evaluateHandle((source) => {
    const made = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    const { fromServer } = window as unknown as { fromServer: (message: unknown) => void };
    made.onmessage = ({ data }) => {
      fromServer(data);
    };
    return made;
  }, script);
  const client = createProtocolConnection(
    reader,
    new PageWriter((message) =>
      worker.evaluate((made, sent) => {
        made.postMessage(sent);
      }, message),
    ),
  );
  client.listen();
  return client;
}

class PageReader extends AbstractMessageReader {
  private callback: DataCallback = () => undefined;

  take(message: Message): void {
    this.callback(message);
  }

  listen(callback: DataCallback): Disposable {
    this.callback = callback;
    return Disposable.create(() => undefined);
  }
}

class PageWriter extends AbstractMessageWriter {
  constructor(readonly write: (message: Message) => Promise<void>) {
    super();
  }

  end(): void {
    // The worker ends with its page.
  }
}
