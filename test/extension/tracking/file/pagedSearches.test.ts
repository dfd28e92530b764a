import { deepEqual } from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { experimentMeta, openReader, runId, runMeta, useFolder, writeTree } from './mlruns';

describe('A search in an mlruns folder that is paged through', () => {
  const folder = useFolder();

  function openRuns(letters: string) {
    const start = (letter: string) => String(1000 + letter.charCodeAt(0));
    writeTree(folder.path, { '0/meta.yaml': experimentMeta('0') });
    for (const letter of letters) addRun(letter, start(letter));
    const reader = openReader(folder.path);
    const page = (pageToken?: string) =>
      reader.searchRuns({ experimentIds: ['0'], view: 'active', pageSize: 2, pageToken });
    const names = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id[0]).join('');
    return { page, names };
  }

  function addRun(letter: string, start_time: string): void {
    writeTree(folder.path, { [`0/${runId(letter)}/meta.yaml`]: runMeta(runId(letter), { start_time }) });
  }

  it('goes on in its order though a newer run has come, which the next first page shows', () => {
    const { page, names } = openRuns('abcd');
    const first = page();
    addRun('f', '9000');
    const second = page(first.nextPageToken);
    deepEqual([names(first.items), names(second.items)], ['dc', 'ba']);
    deepEqual(names(page().items), 'fd');
  });

  it('shows each run as it is by then, and none that is gone', () => {
    const { page } = openRuns('abcd');
    const { nextPageToken } = page();
    writeTree(folder.path, {
      [`0/${runId('b')}/meta.yaml`]: runMeta(runId('b'), { run_name: 'renamed meanwhile' }),
    });
    rmSync(join(folder.path, '0', runId('a')), { recursive: true });
    deepEqual(
      page(nextPageToken).items.map(({ name }) => name),
      ['renamed meanwhile'],
    );
  });
});
