import type { Page } from 'playwright-core';

/** Whether the browser's VS Code, which writes every few seconds, has stored this, such as `"query":"age"` of a view's state. */
export async function hasStored(page: Page, text: string): Promise<boolean> {
  const stored = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no database'));
      });
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const values = await settled(database.transaction(table).objectStore(table).getAll());
        texts.push(JSON.stringify(values));
      }
      database.close();
    }
    return texts.join('').replaceAll('\\', '');
  });
  return stored.includes(text);
}
