import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import type { SortKey } from '../../../webviews/protocol/arrangement';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { testSeed } from '../../support/testSeed';
import { TableUser } from './tables';

/** What logTable.py prints. */
interface Answers {
  readonly experiment: string;
  readonly orders: readonly { readonly order: readonly string[]; readonly ids: readonly string[] }[];
  readonly groups: Readonly<
    Record<
      string,
      {
        readonly runs: number;
        readonly count: number;
        readonly mean: number | null;
        readonly deviation: number | null;
      }
    >
  >;
  readonly nested: readonly (readonly [id: string, depth: number])[];
}

describe(`The table of runs that MLflow logged (seed ${testSeed})`, () => {
  let server: MlflowServer;
  let answers: Answers;

  before(async () => {
    server = await startMlflowServer();
    const script = join(projectRoot(), 'test/extension/runsTable/logTable.py');
    const printed = await runPython(server, script, [String(testSeed)]);
    answers = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Answers;
  });

  after(() => server.stop());

  const stores: Readonly<Record<string, () => TrackingStore>> = {
    'a server': () =>
      new RestStore({
        baseUri: server.uri,
        authorize: () => Promise.resolve(new Map()),
        timeoutMs: 60_000,
        log: () => undefined,
      }),
    'its database': () => new LocalStore({ kind: 'sqlite', path: join(server.store, 'mlflow.db') }),
  };

  for (const [name, openStore] of Object.entries(stores)) {
    describe(`over ${name}`, () => {
      let store: TrackingStore;
      let user: TableUser;

      before(async () => {
        store = openStore();
        await store.connect(new AbortController().signal);
        user = new TableUser(store, { experimentIds: [answers.experiment] });
      });

      after(() => {
        user.dispose();
        store.dispose();
      });

      it('is in the order of MLflow, sorted by the store and here', async () => {
        for (const isSortedHere of [false, true]) {
          for (const { order, ids } of answers.orders) {
            user.arrange({ isNested: false, sort: order.map(toSortKey) });
            await user.rest();
            const first = user.table.runIds(0, 100);
            deepEqual(first, ids.slice(0, first.length), `${order.join()}, here: ${String(isSortedHere)}`);
            if (!isSortedHere) continue;
            user.table.readAll();
            await user.rest();
            deepEqual(user.table.runIds(0, 100), ids, order.join());
          }
          // From here on all runs are there, and nothing is read again for another order.
          user.table.readAll();
          await user.rest();
        }
      });

      it('nests runs as their tags say', async () => {
        await user.show({ opensAll: true });
        user.table.readAll();
        await user.rest();
        const rows = user
          .rows()
          .map((row) => [row.kind === 'run' && row.id, row.kind === 'run' && row.depth]);
        deepEqual(rows, answers.nested);
      });

      it('sums groups up as Python does', async () => {
        await user.show({ groupBy: 'params.optimizer' });
        const rows = user.rows(['metrics.loss']);
        equal(rows.length, Object.keys(answers.groups).length);
        for (const row of rows) {
          ok(row.kind === 'group');
          const expected = answers.groups[row.value ?? ''];
          const cell = row.cells[0];
          equal(row.runCount, expected?.runs);
          if (cell === null || typeof cell !== 'object') equal(expected?.count, 0);
          else {
            equal(cell.count, expected?.count);
            assertNear(cell.mean, expected?.mean ?? undefined);
            assertNear(cell.deviation, expected?.deviation ?? undefined);
          }
        }
      });
    });
  }
});

/** The column of a clause of MLflow's grammar. */
function toSortKey(clause: string): SortKey {
  const isDescending = clause.endsWith(' DESC');
  return { column: clause.replace(/ DESC$/, '').replaceAll('`', ''), isDescending };
}

/** Sums are rounded in another order here than there. */
function assertNear(one: number | undefined, other: number | undefined): void {
  if (one === undefined || other === undefined) equal(one, other);
  else ok(Math.abs(one - other) <= 1e-12 * Math.max(1, Math.abs(other)), `${one} and ${other}`);
}
