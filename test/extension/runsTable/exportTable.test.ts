import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { exportTable, type ExportPlaces } from '../../../extension/runsTable/exportTable';
import type { RunsExport } from '../../../webviews/protocol/runsTable';
import { run } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';
import { TableUser } from './tables';

describe('Exporting the runs of a table', () => {
  let store: MemoryStore;
  let user: TableUser;
  let copied: string[];
  let saved: string[];
  let offers: string[];
  let stop: AbortController;
  let advanced: number;
  let places: ExportPlaces;

  beforeEach(() => {
    store = new MemoryStore();
    copied = [];
    saved = [];
    offers = [];
    advanced = 0;
    stop = new AbortController();
    places = {
      copy: (text) => Promise.resolve(copied.push(text)),
      offerFile: (message) => Promise.resolve(offers.push(message) > 0),
      save: async ({ write }) => {
        let text = '';
        for await (const piece of write(stop.signal, (percent) => (advanced += percent))) text += piece;
        saved.push(text);
        return true;
      },
    };
  });

  afterEach(() => {
    user.dispose();
  });

  const open = async (count: number, value = '1') => {
    store.runs = Array.from({ length: count }, (_, index) =>
      run(`r${index}`, { startedAt: -index, params: new Map([['lr', value]]) }),
    );
    user = new TableUser(store);
    await user.rest();
  };

  const exportRuns = (wanted: Partial<RunsExport>) =>
    exportTable(
      user.table,
      { format: 'csv', to: 'file', runIds: [], columns: 'shown', ...wanted },
      { name: 'digits', places, signal: stop.signal },
    );

  it('reads all runs that are found before it writes them', async () => {
    await open(700);
    deepEqual(await exportRuns({}), { runCount: 700 });
    equal(saved[0]?.split('\r\n').length, 702);
    ok(advanced > 90);
  });

  it('reads nothing for runs that are chosen', async () => {
    await open(700);
    const before = store.count('searchRuns');
    deepEqual(await exportRuns({ runIds: ['r2', 'r1'], to: 'clipboard' }), { runCount: 2 });
    equal(store.count('searchRuns'), before);
    deepEqual(
      copied[0]?.split('\r\n').map((line) => line.split(',')[0]),
      ['run_id', 'r2', 'r1', ''],
    );
  });

  it('offers a file for what is too large for the clipboard', async () => {
    await open(900, 'x'.repeat(6000));
    deepEqual(await exportRuns({ to: 'clipboard', columns: 'all' }), { runCount: 900 });
    deepEqual([copied, saved.length], [[], 1]);
    match(offers[0] ?? '', /more than 5 MB/);
  });

  it('exports nothing where not all could be read', async () => {
    await open(700);
    store.fail('searchRuns');
    await rejects(exportRuns({}), /Not all runs were read/);
    deepEqual(saved, []);
  });

  it('reads no more when it is stopped', async () => {
    await open(700);
    const release = store.hold();
    const exporting = exportRuns({});
    stop.abort();
    await rejects(exporting, { name: 'AbortError' });
    release();
    const { state } = user.table;
    ok(state.kind === 'ready' && state.reading?.all !== true);
  });
});
