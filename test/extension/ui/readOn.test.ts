import { deepEqual, equal } from 'node:assert/strict';
import { type Listing, PagedList } from '../../../extension/catalog/pagedList';
import { readOn } from '../../../extension/ui/readOn';

/** Versions 3,000 to 1 of a model, in pages of 100, of which `failing` cannot be read. */
function listVersions(failing?: number): { readonly list: PagedList<string>; readonly pages: () => number } {
  let pages = 0;
  const list = new PagedList<string>({
    pageSize: 100,
    identify: (version) => version,
    fetchPage: ({ pageToken = '0' }) => {
      pages += 1;
      const from = Number(pageToken);
      if (pages === failing) return Promise.reject(new Error('The server is gone.'));
      const items = Array.from({ length: 100 }, (_, index) => `Version ${3000 - from - index}`);
      return Promise.resolve({ items, nextPageToken: from + 100 < 3000 ? String(from + 100) : undefined });
    },
  });
  return { list, pages: () => pages };
}

async function look(
  list: PagedList<string>,
  text: string,
  isWanted = () => true,
): Promise<{ readonly found: string | undefined; readonly shown: readonly Listing<string>[] }> {
  const shown: Listing<string>[] = [];
  const found = await readOn(
    { load: () => list.load(), loadMore: () => list.loadMore(), textOf: (version) => version },
    { text, isWanted, show: (listing) => shown.push(listing) },
  );
  return { found, shown };
}

describe('Reading on in a long listing', () => {
  it('reads one page where nothing is typed', async () => {
    const { list, pages } = listVersions();
    const { found, shown } = await look(list, ' ');
    equal(found, undefined);
    deepEqual([pages(), shown.map(({ items }) => items.length)], [2, [200]]);
  });

  it('reads as far as the item that has what is typed as a word of its own', async () => {
    const { list, pages } = listVersions();
    const { found, shown } = await look(list, ' 777');
    equal(found, 'Version 777');
    equal(pages(), 23);
    // Version 2777 and 1777 have it too, and are shown as they come.
    deepEqual(
      shown.map(({ items }) => items.length),
      [300, 1300, 2300],
    );
  });

  it('goes on from there at the next wish, to the end', async () => {
    const { list } = listVersions();
    await look(list, '777');
    const { found, shown } = await look(list, 'champion');
    equal(found, undefined);
    deepEqual(
      shown.map(({ items, hasMore }) => [items.length, hasMore]),
      [[3000, false]],
    );
  });

  it('ends at a page that cannot be read, and tells what went wrong', async () => {
    const { list } = listVersions(4);
    const { shown } = await look(list, '777');
    const last = shown.at(-1);
    deepEqual([last?.items.length, (last?.moreFailure as Error).message], [300, 'The server is gone.']);
  });

  it('ends when what is sought is not wanted any longer, and shows what there is', async () => {
    const { list, pages } = listVersions();
    const { found, shown } = await look(list, '777', () => pages() < 4);
    deepEqual([found, shown.at(-1)?.items.length], [undefined, 400]);
  });
});
