import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { readSearchText } from '../../../extension/tracking/filter/composeFilter';
import type { Channel } from '../../../webviews/protocol/channel';
import {
  actOnView,
  checkFilter,
  completeFilter,
  loadFacets,
  stopReading,
  type FilterCheck,
} from '../../../webviews/protocol/runsTable';
import { until } from '../../support/until';
import { ViewBench } from '../support/viewPage';
import { column, factsOf, largeTable, type FakeTable } from './tables';
import { TableView } from './tableView';

/** As the extension judges a text, by the real grammar. */
function judge(text: string): FilterCheck {
  const read = readSearchText(text);
  if (read.kind !== 'invalid') return { kind: read.kind };
  const { message, offset, length } = read.error;
  return { kind: 'invalid', message, offset, length };
}

describe('The bar above the runs table', () => {
  let bench: ViewBench;
  let view: TableView;
  let did: string[];

  before(async () => {
    bench = await ViewBench.start('runsTable');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  async function open(table: FakeTable = largeTable(30, 12)): Promise<Locator> {
    did = [];
    const answerMore = (channel: Channel) => {
      channel.handle(checkFilter, ({ text }) => judge(text));
      channel.handle(completeFilter, ({ text, offset }) => ({
        from: text.lastIndexOf(' ', offset - 1) + 1,
        to: offset,
        items: ['metrics.loss', 'metrics.accuracy', 'params.lr']
          .filter((key) => key.startsWith(text.slice(text.lastIndexOf(' ', offset - 1) + 1, offset)))
          .map((key) => ({ insert: `${key} `, label: key, detail: 'key' })),
      }));
      channel.handle(loadFacets, () => ({
        statuses: [{ value: 'FAILED', count: 5 }],
        users: [
          { value: 'ada', count: 20 },
          { value: '<b>eve</b>', count: 10 },
        ],
        datasets: [{ value: 'mnist', count: 3 }],
      }));
      channel.handle(actOnView, ({ action, name, isShared }) => {
        did.push(`${action} ${name}${isShared ? ' shared' : ''}`);
        return null;
      });
      channel.listen(stopReading, () => did.push('stop'));
    };
    view = await TableView.open(bench, table, { answerMore });
    return view.page.getByRole('combobox', { name: 'Filter runs' });
  }

  function lastSearch() {
    return view.arranged.at(-1)?.search;
  }

  it('searches on Enter, for a filter or a part of the name, and for everything on Escape', async () => {
    const box = await open();
    await box.fill('metrics.loss < 0.5');
    deepEqual(view.arranged, []);
    await box.press('Enter');
    await view.frame();
    deepEqual(lastSearch(), { text: 'metrics.loss < 0.5' });
    await box.press('Escape');
    await view.frame();
    deepEqual(lastSearch(), { text: '' });
    equal(await box.inputValue(), '');
  });

  it('says at which character a filter is wrong while one types, and selects that on Enter', async () => {
    const box = await open();
    await box.fill('metrics.loss << 0.5');
    const trouble = view.page.locator('#filter-trouble');
    await trouble.waitFor();
    match(await trouble.innerText(), /^At character \d+: /);
    equal(await box.getAttribute('aria-invalid'), 'true');
    await box.press('Enter');
    const selects = () =>
      box.evaluate((input: HTMLInputElement) => input.selectionStart !== input.selectionEnd);
    await until('what is wrong is selected', selects);
    deepEqual(view.arranged, []);
  });

  it('offers what may come next, by keyboard', async () => {
    const box = await open();
    await box.pressSequentially('met');
    const options = view.page.getByRole('option');
    await options.first().waitFor();
    deepEqual(await options.locator('.completion-label').allInnerTexts(), [
      'metrics.loss',
      'metrics.accuracy',
    ]);
    equal(await box.getAttribute('aria-expanded'), 'true');
    await box.press('ArrowDown');
    await box.press('ArrowDown');
    equal(await box.getAttribute('aria-activedescendant'), 'completion-1');
    await box.press('Enter');
    equal(await box.inputValue(), 'metrics.accuracy ');
    deepEqual(view.arranged, []);
  });

  it('offers them to the mouse too', async () => {
    const box = await open();
    await box.pressSequentially('par');
    await view.page.getByRole('option', { name: 'params.lr' }).click();
    equal(await box.inputValue(), 'params.lr ');
    ok(await box.evaluate((input) => input === input.ownerDocument.activeElement));
  });

  it('narrows down by state, time, user and dataset, and takes that back', async () => {
    await open();
    const choose = async (facet: string, item: string) => {
      await view.page.getByRole('button', { name: facet }).click();
      await view.page.getByRole('menuitemcheckbox', { name: item, exact: true }).click();
      await view.frame();
    };
    await choose('State', 'Failed (5)');
    await choose('User', '<b>eve</b> (10)');
    await choose('Started', 'Last 7 Days');
    await choose('Dataset', 'mnist (3)');
    const week = 7 * 24 * 3_600_000;
    deepEqual(lastSearch(), {
      text: '',
      status: 'FAILED',
      user: '<b>eve</b>',
      startedWithin: week,
      dataset: 'mnist',
    });
    await choose('State: Failed', 'Any');
    equal(lastSearch()?.status, undefined);
    equal(lastSearch()?.user, '<b>eve</b>');
    await choose('State', 'Deleted');
    equal(lastSearch()?.isDeleted, true);
    deepEqual(view.misdeeds.requests, []);
  });

  it('finds columns among thousands, and shows and hides them', async () => {
    await open(largeTable(30, 2000));
    await view.page.getByRole('button', { name: 'Columns' }).click();
    const dialog = view.page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('checkbox', { name: 'loss', exact: true }).waitFor();
    ok((await dialog.getByRole('checkbox').count()) < 700);
    await dialog.getByRole('textbox', { name: 'Find columns' }).fill('param_1500');
    await dialog.getByRole('checkbox', { name: 'param_1500' }).uncheck();
    await view.frame();
    deepEqual(view.arranged.at(-1)?.hidden, ['params.param_1500']);
    await dialog.getByRole('checkbox', { name: 'param_1500' }).check();
    await view.frame();
    deepEqual(view.arranged.at(-1)?.hidden, []);
    await dialog.getByRole('checkbox', { name: 'Only columns that differ' }).check();
    await view.frame();
    equal(view.arranged.at(-1)?.onlyDiffering, true);
    await view.press('Escape');
    equal(await dialog.count(), 0);
  });

  it('groups by what the runs do not agree in', async () => {
    const table = largeTable(30, 6, {
      columns: [
        column('params', 'optimizer'),
        column('params', 'seed', { differs: false }),
        column('metrics', 'loss'),
      ],
    });
    await open(table);
    await view.page.getByRole('button', { name: 'Group' }).click();
    await view.page.getByRole('menu').waitFor();
    deepEqual(await view.page.getByRole('menuitemcheckbox').allInnerTexts(), [
      'No Groups',
      'Parameters: optimizer',
    ]);
    await view.page.getByRole('menuitemcheckbox', { name: 'Parameters: optimizer' }).click();
    await view.frame();
    equal(view.arranged.at(-1)?.groupBy, 'params.optimizer');
    equal(await view.page.getByRole('button', { name: 'Group: optimizer' }).count(), 1);
  });

  it('saves, opens and deletes views', async () => {
    const views = [
      { name: 'best', isShared: false },
      { name: 'team', isShared: true },
    ];
    await open({ ...largeTable(30, 6), facts: factsOf(30, { views }) });
    const menu = view.page.getByRole('button', { name: 'Views' });
    await menu.click();
    await view.page.getByRole('menuitem', { name: 'team (shared)' }).click();
    await menu.click();
    await view.page.getByRole('menuitem', { name: 'Delete View…' }).click();
    await view.page.getByRole('menuitem', { name: 'best' }).click();
    await menu.click();
    await view.page.getByRole('menuitem', { name: 'Save View…' }).click();
    await view.page.getByRole('textbox', { name: 'Name of the view' }).fill(' mine ');
    await view.page.getByRole('checkbox', { name: 'Share' }).check();
    await view.press('Enter');
    await view.frame();
    deepEqual(did, ['open team shared', 'delete best', 'save mine shared']);
  });

  it('says why a view cannot be shared', async () => {
    const sharing = { isPossible: false, why: 'A local store is only read.' };
    await open({ ...largeTable(30, 6), facts: factsOf(30, { sharing }) });
    await view.page.getByRole('button', { name: 'Views' }).click();
    await view.page.getByRole('menuitem', { name: 'Save View…' }).click();
    equal(await view.page.getByRole('checkbox', { name: 'Share' }).isDisabled(), true);
    equal(await view.page.getByText('A local store is only read.').count(), 1);
  });

  it('acts on what is selected, and exports it', async () => {
    await open();
    const actions = view.page.getByRole('toolbar', { name: 'Selected runs' });
    equal(await actions.isVisible(), false);
    await view.cell(0, 0).click();
    await actions.waitFor();
    equal(await actions.getByRole('button', { name: 'Compare' }).isDisabled(), true);
    await view.cell(2, 0).click({ modifiers: ['Shift'] });
    await actions.getByText('3 runs selected').waitFor();
    await actions.getByRole('button', { name: 'Compare' }).click();
    await actions.getByRole('button', { name: 'Export' }).click();
    await view.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
    await view.frame();
    deepEqual(view.asked, ['compare run0 run1 run2', 'csv file 3']);
  });

  it('tells how many runs there are, what is read, and stops that', async () => {
    const facts = factsOf(30, {
      runCount: 12_000,
      hasMore: true,
      reading: { all: true, why: 'Sorting needs all runs.' },
      notes: ['The server did not answer.'],
    });
    await open({ ...largeTable(30, 6), facts });
    await view.page.getByText('Sorting needs all runs. 12,000 runs read so far…').waitFor();
    await view.page.getByText('The server did not answer.').waitFor();
    await view.page.getByRole('button', { name: 'Stop' }).click();
    await view.frame();
    deepEqual(did, ['stop']);
  });
});
