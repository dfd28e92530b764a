import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** So long tests wait for anything: what takes a second takes many where much else goes on, and only a failure waits in vain. */
export const PATIENCE_MS = 60_000;

/**
 * Polls the state of another process until the probe answers something, and returns that. For what raises no event
 * here: a health URL, a row in somebody else's window. A probe that throws ends the wait at once.
 */
export async function until<T>(
  describe: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  deadlineMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Gave up after ${deadlineMs} ms waiting until ${describe}`);
    await pause(POLL_MS);
  }
}
