import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  readBody,
  replyJson,
  startLocalServer,
  type LocalServer,
} from '../../extension/tracking/rest/localServer';
import type { Stage } from './stage';
import type { WorkbenchCase } from './workbenchCases';

/** A server whose every error says what a stranger wants it to say. */
class RudeServer {
  private message = '';
  private said = 0;

  private constructor(private readonly server: LocalServer) {}

  static async start(): Promise<RudeServer> {
    const rude: { current?: RudeServer } = {};
    const server = await startLocalServer((request, response) => {
      void readBody(request).then((body) => {
        if (body === '{"max_results":1}' && rude.current?.letsIn) replyJson(response, { experiments: [] });
        else
          replyJson(response, { error_code: 'INVALID_PARAMETER_VALUE', message: rude.current?.message }, 400);
      });
    });
    return (rude.current = new RudeServer(server));
  }

  /** Whether one may connect at all. */
  letsIn = true;

  get uri(): string {
    return this.server.uri;
  }

  /** Says it from now on; answers by what it is known that it has been said. */
  say(text: string): string {
    const mark = `no. ${++this.said}`;
    this.message = `${mark} ${text}`;
    return mark;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/** What a server says when it fails: in rows and their tooltips, messages, the status bar and the log. */
export const messageCases: readonly WorkbenchCase[] = [
  { name: 'errors in rows and messages', run: (stage) => withServer(stage, true, failRows) },
  { name: 'the log', run: showLog },
  { name: 'errors of the connection', run: (stage) => withServer(stage, false, failConnection) },
];

async function withServer(
  stage: Stage,
  letsIn: boolean,
  fail: (stage: Stage, mark: string) => Promise<void>,
): Promise<string> {
  const server = await RudeServer.start();
  try {
    server.letsIn = letsIn;
    const mark = server.say('first');
    await connectTo(stage, server.uri);
    const sidebar = stage.page.locator('.part.sidebar');
    await sidebar
      .getByText(letsIn ? mark : 'answered in a way')
      .first()
      .waitFor();
    for (const payload of stage.payloads) {
      await fail(stage, server.say(payload.text)).catch((error: unknown) => {
        throw new Error(`${payload.name}: ${String(error)}`);
      });
    }
    return `${stage.payloads.length} errors`;
  } finally {
    await server.close();
  }
}

/** As a workspace's settings may. */
async function connectTo({ person, page }: Stage, uri: string): Promise<void> {
  const folder = join(person.folder, '.vscode');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ 'mlflow.tracking.uri': uri }));
  await page
    .locator('.statusbar-item', { hasText: new URL(uri).host })
    .first()
    .waitFor();
}

async function failRows(stage: Stage, mark: string): Promise<void> {
  const { person, page } = stage;
  await person.workbench.runCommand('MLflow: Refresh Experiments and Runs');
  const row = stage.rows('Experiments', 1).filter({ hasText: mark }).first();
  await row.waitFor();
  await stage.pointAt(row, `the row of ${mark}`);
  await person.workbench.runCommand('MLflow: Open Run Summary');
  const message = page.locator('.notification-list-item-message', { hasText: mark }).first();
  await message.waitFor();
  await stage.look(`the message of ${mark}`);
  await person.workbench.runCommand('Notifications: Clear All Notifications');
  await message.waitFor({ state: 'detached' });
}

async function failConnection(stage: Stage, mark: string): Promise<void> {
  const { person, page } = stage;
  await person.workbench.runCommand('MLflow: Reconnect');
  await person.workbench.runCommand('MLflow: Connect…');
  const row = page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: mark }).first();
  await row.waitFor();
  await stage.look(`the connections of ${mark}`);
  await page.keyboard.press('Escape');
  const item = page.locator('.statusbar-item', { hasText: '127.0.0.1' }).first();
  const tooltip = await stage.pointAt(item, `the status bar of ${mark}`);
  if (!tooltip.includes(mark)) stage.note('shown', `the status bar tells ${tooltip.slice(0, 80)}`);
}

async function showLog(stage: Stage): Promise<string> {
  const { person, page } = stage;
  await person.workbench.runCommand('MLflow: Show Log');
  await page.locator('.part.panel .view-line', { hasText: 'says' }).first().waitFor();
  await stage.look('the log');
  return '1 log';
}
