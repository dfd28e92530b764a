import { equal, match, rejects } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { startLanguageClient } from '../../../extension/language/client';
import { registerLanguage } from '../../../extension/language/register';
import { projectRoot } from '../../support/cache';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});

describe('The languages', () => {
  const expected = {
    MLproject: 'mlproject',
    MLProject: 'mlproject',
    mlproject: 'mlproject',
    MLPROJECT: 'mlproject',
    MLmodel: 'mlmodel',
    // MLflow never reads such a file.
    'MLproject.yaml': 'yaml',
  };

  for (const [name, language] of Object.entries(expected)) {
    it(`${language} is that of a file called ${name}`, async () => {
      const document = await vscode.workspace.openTextDocument(await write(name));
      equal(document.languageId, language);
    });
  }
});

describe('The language client', () => {
  const server = join(projectRoot(), 'dist', 'language-server.js');
  let log: vscode.LogOutputChannel;
  let client: LanguageClient | undefined;

  before(() => {
    log = vscode.window.createOutputChannel('MLflow language test', { log: true });
  });
  afterEach(async () => {
    await client?.dispose();
    client = undefined;
  });
  after(() => {
    log.dispose();
  });

  it('starts the built server in a process of its own and ends it', async () => {
    client = await startLanguageClient({ serverModule: server, log, onGivenUp: fail });
    equal(client.initializeResult?.serverInfo?.name, 'MLflow Lens');
    await client.dispose();
    equal(client.state, State.Stopped);
  });

  it('rejects when the server never comes up', async () => {
    const serverModule = join(folder, 'crashes.js');
    await writeFile(serverModule, 'process.exit(1);');
    await rejects(startLanguageClient({ serverModule, log, onGivenUp: fail }));
  });

  it('restarts a server that crashed, and says once when it gives up', async () => {
    const serverModule = await crashingServer();
    const givenUp: Error[] = [];
    const giveUp = new vscode.EventEmitter<Error>();
    giveUp.event((error) => givenUp.push(error));
    client = await startLanguageClient({
      serverModule,
      log,
      onGivenUp: (error) => {
        giveUp.fire(error);
      },
    });
    for (let crash = 1; crash <= 4; crash++) {
      await crashAndWait(client, isRunningAgain(client));
    }
    equal(givenUp.length, 0);
    await crashAndWait(client, next(giveUp.event));
    equal(givenUp.length, 1);
    giveUp.dispose();
  });

  /** The real server, which also obeys when told to crash. */
  async function crashingServer(): Promise<string> {
    const path = join(folder, 'obeys.js');
    const obey = "process.on('message', ({ method }) => { if (method === 'test/crash') process.exit(1); });";
    await writeFile(path, `${obey} require(${JSON.stringify(server)});`);
    return path;
  }
});

describe('registerLanguage', () => {
  it('starts the server once for the documents of its languages, and tells that it could not', async () => {
    const context = { asAbsolutePath: () => join(folder, 'no-such-server.js') };
    const log = vscode.window.createOutputChannel('MLflow language test', { log: true });
    const failed = new vscode.EventEmitter<unknown>();
    const failures: unknown[] = [];
    failed.event((error) => failures.push(error));
    const told = next(failed.event);
    const registered = registerLanguage(context, log, (error) => {
      failed.fire(error);
    });

    for (const name of ['MLproject', 'MLmodel']) {
      await vscode.workspace.openTextDocument(await write(name));
    }
    await told;
    equal(failures.length, 1);
    match(String(failures[0]), /language server did not start/);
    registered.dispose();
    log.dispose();
  });
});

/** A new file of that name, in a folder of its own. */
async function write(name: string): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'file-')), name);
  await writeFile(path, 'name: a\n');
  return path;
}

async function crashAndWait(client: LanguageClient, consequence: Promise<unknown>): Promise<void> {
  await client.sendNotification('test/crash');
  await consequence;
}

async function isRunningAgain(client: LanguageClient): Promise<void> {
  await next(client.onDidChangeState, ({ newState }) => newState === State.Running);
}

/** The next event that passes. */
function next<T>(event: vscode.Event<T>, passes: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!passes(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}

function fail(error: Error): void {
  throw error;
}
