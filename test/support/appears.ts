import type { Locator } from 'playwright-core';

/** Whether it is to be seen within so many ms, for who tries again where it is not. */
export async function appears(locator: Locator, ms: number): Promise<boolean> {
  return await locator.waitFor({ timeout: ms }).then(
    () => true,
    () => false,
  );
}
