import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { plainArrangement } from '../../../webviews/protocol/arrangement';
import type { Rows } from '../../../webviews/protocol/runsTable';
import { ViewBench } from '../support/viewPage';
import { column, factsOf, largeTable, plainCell, plainRun, snapshotOf, subject } from './tables';
import { TableView } from './tableView';

describe('The table of runs', () => {
  let bench: ViewBench;
  let view: TableView;

  before(async () => {
    bench = await ViewBench.start('runsTable');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('shows runs by row and columns by kind, with counts for a screen reader', async () => {
    view = await TableView.open(bench, largeTable(3, 12));
    deepEqual(await view.page.getByRole('rowheader').allTextContents(), ['run 0', 'run 1', 'run 2']);
    equal(await view.grid.getAttribute('aria-rowcount'), '4');
    equal(await view.grid.getAttribute('aria-colcount'), '13');
    equal(await view.cell(0, 1).textContent(), '21 Nov 2026, 03:55:12');
    deepEqual((await view.page.locator('.band-label').allTextContents()).slice(0, 2), ['Details', 'Metrics']);
    match((await view.row(1).getByRole('img').getAttribute('aria-label')) ?? '', /Finished/);
    deepEqual(view.misdeeds.complaints, []);
  });

  it('says that there are more rows than are known', async () => {
    const table = largeTable(200, 12);
    view = await TableView.open(bench, { ...table, facts: factsOf(200, { hasMore: true }) });
    equal(await view.grid.getAttribute('aria-rowcount'), '-1');
  });

  it('draws what is in sight: 100,000 × 2,000 is no more for the page than 3,000 × 60', async () => {
    const nodes = async (rows: number, columns: number) => {
      view = await TableView.open(bench, largeTable(rows, columns));
      await view.scrollTo(40_000, 2000);
      await view.cell(1680, 20).waitFor();
      return Number(await view.page.evaluate('document.querySelectorAll("*").length'));
    };
    const few = await nodes(3000, 60);
    await view.close();
    const many = await nodes(100_000, 2000);
    ok(many < 1500, `${many} nodes`);
    ok(many < few * 1.2, `${many} nodes, against ${few}`);
    ok(view.rowQueries.every(({ from, to, columns }) => to - from <= 64 && columns.length <= 64));
  });

  it('reaches the last cell of the last row, in the document in their order', async () => {
    view = await TableView.open(bench, largeTable(100_000, 2000));
    await view.scrollTo(1e9, 1e9);
    await view.row(99_999).getByRole('rowheader', { name: 'run 99999' }).waitFor();
    await view.cell(99_999, 2000).waitFor();
    const order = await view.page
      .locator('.body > [role=row]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
    deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    await view.scrollTo(1e9 - 400, 0);
    const cells = await view
      .row(99_999)
      .locator('[aria-colindex]')
      .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('aria-colindex'))));
    deepEqual(
      cells,
      [...cells].sort((a, b) => a - b),
    );
  });

  it('shows numbers short and long texts cut, the whole in the tooltip; what is missing is no value', async () => {
    const table = largeTable(5, 12);
    const key = table.columns[7]?.key;
    const cellAt: typeof plainCell = (row, one) => {
      if (one.key === 'loss') return ['NaN', '0.123456789', null, '1e400', '-0'][row] ?? null;
      return one.key === key ? 'x'.repeat(6000) : plainCell(row, one);
    };
    view = await TableView.open(bench, { ...table, cellAt }, { size: { width: 1600, height: 600 } });
    const loss = async (row: number) => view.cell(row, 3).textContent();
    deepEqual([await loss(0), await loss(1), await loss(2)], ['NaN', '0.123457', '']);
    equal(await view.cell(2, 3).getAttribute('aria-label'), 'no value');
    await view.cell(1, 3).hover();
    equal(await view.cell(1, 3).getAttribute('title'), '0.123456789');
    const long = view.cell(0, 8);
    await long.hover();
    equal((await long.getAttribute('title'))?.length, 2001);
    ok(((await long.boundingBox())?.height ?? 99) < 30);
  });

  it('keeps what it shows until a new version comes, and follows its runs', async () => {
    const table = largeTable(3000, 20);
    let isHeld = false;
    const held: (() => void)[] = [];
    const answerRows = (_: unknown, reply: () => Rows) =>
      isHeld ? new Promise<Rows>((done) => held.push(() => done(reply()))) : reply();
    view = await TableView.open(bench, table, { answerRows });
    await view.scrollTo(2400);
    await view.cell(102, 0).click();
    await view.row(101).getByRole('rowheader', { name: 'run 101' }).waitFor();
    isHeld = true;
    const shifted = (index: number) =>
      index < 3 ? { ...plainRun(index), id: `new${index}`, name: 'new' } : plainRun(index - 3);
    view.showTable({ ...table, rowAt: shifted, facts: factsOf(3003, { version: 2 }) });
    await view.page.locator('[role=grid][aria-rowcount="3004"]').waitFor();
    await view.frame();
    await view.row(101).getByRole('rowheader', { name: 'run 101' }).waitFor();
    isHeld = false;
    for (const release of held) release();
    await view.row(104).getByRole('rowheader', { name: 'run 101' }).waitFor();
    equal(await view.active(), '105 0');
    equal(await view.page.evaluate('document.querySelector(".scroller").scrollTop'), 2400 + 3 * 24);
    deepEqual(await view.selected(), ['run 102']);
  });

  it('asks again where the answer was of an older version', async () => {
    const table = largeTable(100, 12);
    const next = {
      ...table,
      facts: factsOf(100, { version: 2 }),
      rowAt: (index: number) => ({ ...plainRun(index), name: `second ${index}` }),
    };
    let isFirst = true;
    const answerRows = (_: unknown, reply: () => Rows) => {
      const rows = reply();
      if (isFirst) view.showTable(next);
      isFirst = false;
      return rows;
    };
    view = await TableView.openWith(
      bench,
      { kind: 'loading', subject, arrangement: plainArrangement },
      table,
      { answerRows },
    );
    view.show(snapshotOf(table));
    await view.page.getByRole('rowheader', { name: 'second 0' }).waitFor();
  });

  it('shows rows even where versions come faster than answers, and the newest in the end', async () => {
    const table = largeTable(3000, 20);
    const versionOf = (version: number) => ({
      ...table,
      facts: factsOf(3000, { version }),
      rowAt: (index: number) => ({ ...plainRun(index), name: `v${version} ${index}` }),
    });
    let version = 1;
    let isLive = false;
    const answerRows = async (_: unknown, reply: () => Rows) => {
      const rows = reply();
      if (!isLive) return rows;
      view.showTable(versionOf(++version));
      await view.frame();
      return rows;
    };
    view = await TableView.open(bench, versionOf(1), { answerRows });
    isLive = true;
    for (const row of [500, 1000, 2500]) {
      await view.scrollTo(row * 24);
      await view.cell(row, 0).locator('.name:not(:empty)').waitFor();
    }
    isLive = false;
    view.showTable(versionOf(++version));
    await view.page.getByRole('rowheader', { name: `v${version} 2500` }).waitFor();
    deepEqual(view.misdeeds.complaints, []);
  });

  it('calls off what scrolled out of sight before it came', async () => {
    const never = new Promise<Rows>(() => undefined);
    view = await TableView.open(bench, largeTable(100_000, 20), {
      answerRows: ({ from }, reply) => (from > 1000 && from < 50_000 ? never : reply()),
    });
    await view.scrollTo(30_000 * 24);
    await view.page.locator('[role=row][aria-busy=true]').first().waitFor();
    await view.scrollTo(70_000 * 24);
    await view.page.getByRole('rowheader', { name: 'run 70010' }).waitFor();
    ok(view.cancelled.some(({ from }) => from > 29_000 && from < 31_000));
    ok(view.rowQueries.length < 20, `${view.rowQueries.length} questions`);
  });

  it('tells what could not be read, and reads it again on demand', async () => {
    let isBroken = true;
    view = await TableView.openWith(bench, snapshotOf(largeTable(50, 12)), largeTable(50, 12), {
      answerRows: (_, reply) => {
        if (isBroken) throw new Error('The server answered 500.');
        return reply();
      },
    });
    await view.page.getByRole('alert').filter({ hasText: 'The server answered 500.' }).waitFor();
    isBroken = false;
    await view.page.getByRole('button', { name: 'Refresh' }).click();
    await view.row(3).getByRole('rowheader', { name: 'run 3' }).waitFor();
  });

  it('reads trends of the runs in sight, by metric', async () => {
    const table = largeTable(3000, 20);
    const added = [
      column('metrics', 'loss', { statistic: 'trend', format: 'trend' }),
      column('metrics', 'loss', { statistic: 'min' }),
    ];
    view = await TableView.open(bench, { ...table, columns: [...added, ...table.columns] });
    await view.cell(3, 1).locator('path[d^=M]').waitFor();
    match((await view.cell(3, 2).textContent()) ?? '', /^-?0\.\d+$/);
    const asked = view.asked.filter((one) => one.startsWith('trends loss'));
    const runs = asked.reduce((sum, one) => sum + Number(one.split(' ')[2]), 0);
    ok(runs < 80, `${runs} trends`);
    ok(view.rowQueries.every(({ columns }) => columns.every((id) => !id.includes(' '))));
  });

  it('shows nested runs, groups and pinned runs', async () => {
    const table = largeTable(300, 12);
    const rowAt = (index: number) =>
      index === 2
        ? { kind: 'group' as const, id: 'g', value: 'adam', runCount: 1200, fold: 'closed' as const }
        : {
            ...plainRun(index),
            isPinned: index < 2,
            depth: index === 4 ? 5 : 0,
            ...(index === 3 ? { fold: 'open' as const } : {}),
          };
    const cellAt: typeof plainCell = (row, one) =>
      row === 2 && one.format === 'number'
        ? { count: 1200, mean: 0.5, deviation: 0.01 }
        : row === 2
          ? null
          : plainCell(row, one);
    view = await TableView.open(bench, { ...table, rowAt, cellAt, facts: factsOf(300, { pinnedCount: 2 }) });
    equal(await view.cell(2, 0).getAttribute('aria-expanded'), 'false');
    match((await view.cell(2, 0).textContent()) ?? '', /adam.*1,200 runs/);
    equal(await view.cell(2, 3).textContent(), '0.5 ± 0.01 (1200)');
    equal(await view.cell(4, 0).getAttribute('aria-description'), 'nested, level 6');
    await view.scrollTo(2000);
    const top = async (row: number) => (await view.row(row).boundingBox())?.y ?? 0;
    const body = (await view.grid.boundingBox())?.y ?? 0;
    ok((await top(0)) < body + 60 && (await top(1)) > (await top(0)));
    equal(await view.page.locator('[role=row][aria-rowindex="2"]').count(), 1);
  });

  it('shades numbers by their place where that is arranged', async () => {
    const table = largeTable(20, 12);
    view = await TableView.open(bench, table);
    equal(await view.page.locator('[class*=shade-]').count(), 0);
    view.showTable({ ...table, arrangement: { ...plainArrangement, isShaded: true } });
    await view.page.locator('.shade-8').first().waitFor();
    const loss = Number(await view.cell(0, 3).textContent());
    equal(await view.cell(0, 3).getAttribute('class'), `cell is-number shade-${Math.round((1 - loss) * 8)}`);
  });

  it('has a next step where there is nothing to see', async () => {
    const none = { ...largeTable(0, 12), facts: factsOf(0) };
    view = await TableView.openWith(bench, snapshotOf(none), none);
    await view.page.getByText('No runs yet').waitFor();
    await view.page.locator('.emptiness').getByRole('button', { name: 'Refresh' }).click();
    view.showTable({ ...none, arrangement: { ...plainArrangement, search: { text: 'metrics.loss < 0' } } });
    await view.page.locator('.emptiness').getByRole('button', { name: 'Clear Filter' }).click();
    await view.frame();
    deepEqual(view.arranged.at(-1)?.search, { text: '' });
    const hidden = { ...largeTable(5, 12), columns: [], facts: factsOf(5, { columnsVersion: 9 }) };
    view.showTable({ ...hidden, arrangement: { ...plainArrangement, hidden: ['params.lr'] } });
    await view.page.getByText('All columns are hidden').waitFor();
    await view.page.getByRole('rowheader', { name: 'run 4' }).waitFor();
    await view.page.getByRole('button', { name: 'Show All Columns' }).click();
    deepEqual(view.arranged.at(-1)?.hidden, []);
  });

  it('shows bones while it loads, and why it cannot', async () => {
    const table = largeTable(5, 12);
    view = await TableView.openWith(
      bench,
      { kind: 'loading', subject, arrangement: plainArrangement },
      table,
    );
    await view.page.locator('.skeleton').waitFor();
    view.show({ kind: 'failed', subject, arrangement: plainArrangement, cause: 'Connection refused.' });
    await view.page.getByText('These runs could not be read').waitFor();
    await view.page.getByRole('button', { name: 'Retry' }).click();
    view.show(snapshotOf(table));
    await view.page.getByRole('rowheader', { name: 'run 4' }).waitFor();
    deepEqual(view.asked, ['refresh']);
  });

  it('is where it was when it is shown again', async () => {
    view = await TableView.open(bench, largeTable(3000, 60));
    await view.scrollTo(24_000, 900);
    await view.page.waitForFunction('window.savedState?.scroll?.top === 24000');
    const savedState = await view.savedState();
    await view.close();
    view = await TableView.open(bench, largeTable(3000, 60), { savedState });
    await view.page.getByRole('rowheader', { name: 'run 1001' }).waitFor();
    equal(await view.page.evaluate('document.querySelector(".scroller").scrollLeft'), 900);
    await view.close();
    view = await TableView.open(bench, largeTable(30, 12), { savedState: { subject, scroll: { top: 'x' } } });
    equal(await view.page.evaluate('document.querySelector(".scroller").scrollTop'), 0);
  });
});
