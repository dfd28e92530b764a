import type { Locator, Page } from 'playwright-core';
import type { Person } from '../uiFixture';

/** A server that a person has started. */
export interface ReadyServer {
  /** The message that says so. */
  readonly ready: Locator;
  readonly address: string;
}

/** Starts a server for the mlflow.db that is looked at, and agrees to it. */
export async function startLocalServer({ workbench }: Person): Promise<ReadyServer> {
  const { page } = workbench;
  await workbench.runCommand('MLflow: Start Local Server…');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Start Server' }).click();
  return await readReady(page);
}

/** Waits for the message that the server is ready. */
export async function readReady(page: Page): Promise<ReadyServer> {
  const ready = page.locator('.notification-list-item', {
    hasText: 'The MLflow server for mlflow.db is ready',
  });
  await ready.waitFor({ timeout: 120_000 });
  const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec((await ready.textContent()) ?? '') ?? [];
  if (address === undefined) throw new Error('the message names no address');
  return { ready, address };
}
