import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { loadSqlite } from '../../../extension/tracking/sqlite/nodeSqlite';
import { watchFor, whenSeen } from '../../support/pageProbes';
import { viewport } from './mlflowSide';
import { takeScroll, type TableSample } from './samples';

const deadline = 240_000;

/** A static page with an HTML table of all values of the newest runs, served as fast as it goes. */
export class PlainTable {
  private constructor(
    private readonly server: Server,
    private readonly newest: string,
    private readonly oldest: string,
  ) {}

  /** Of the store in that folder. */
  static async serve(store: string, runs: number): Promise<PlainTable> {
    const { names, page } = writePage(join(store, 'mlflow.db'), runs);
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PlainTable(server, names[0] ?? '', names.at(-1) ?? '');
  }

  async open(browser: Browser, scrolls: boolean): Promise<TableSample> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    try {
      await watchFor(page, { selector: 'th[scope=row]', text: this.newest });
      const { port } = this.server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit' });
      const { afterNavigation } = await whenSeen(page, deadline);
      if (!scrolls) return { firstRows: afterNavigation };
      await page.waitForLoadState('load', { timeout: deadline });
      const way = { scroller: 'html', rowHead: 'th[scope=row]', lastRow: this.oldest };
      const scrolling = await takeScroll({ page, frame: page, way, across: 'html', grid: 'table' });
      return { firstRows: afterNavigation, scrolling };
    } finally {
      await context.close();
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

interface PlainPage {
  readonly names: readonly string[];
  readonly page: string;
}

const allValues = `
  SELECT key, value FROM params WHERE run_uuid = :id
  UNION ALL SELECT key, value FROM latest_metrics WHERE run_uuid = :id
  UNION ALL SELECT key, value FROM tags WHERE run_uuid = :id
  ORDER BY key`;

function writePage(path: string, runs: number): PlainPage {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const newest = database.prepare('SELECT run_uuid AS id, name FROM runs ORDER BY start_time DESC LIMIT ?');
    const values = database.prepare(allValues);
    const rows = newest.all(runs).map(({ id, name }) => ({
      name: String(name),
      cells: values.all({ id: String(id) }).map(({ key, value }) => [String(key), String(value)] as const),
    }));
    const heads = rows[0]?.cells.map(([key]) => `<th>${key}</th>`) ?? [];
    const lines = rows.map(
      ({ name, cells }) =>
        `<tr><th scope=row>${name}</th>${cells.map(([, value]) => `<td>${value}</td>`).join('')}</tr>`,
    );
    const page = `<!doctype html><table><tr><th>Run</th>${heads.join('')}</tr>\n${lines.join('\n')}</table>`;
    return { names: rows.map(({ name }) => name), page };
  } finally {
    database.close();
  }
}
