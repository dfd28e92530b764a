import assert from 'node:assert/strict';
import { PagedList } from '../../../extension/catalog/pagedList';
import type { Page } from '../../../extension/tracking/model';
import type { PageRequest } from '../../../extension/tracking/store';

type Fetch = (request: PageRequest) => Promise<Page<string>> | Page<string>;

function listOver(fetch: Fetch, pageSize = 2) {
  const requests: PageRequest[] = [];
  const list = new PagedList<string>({
    pageSize,
    identify: (item) => item,
    fetchPage: async (request) => {
      requests.push(request);
      return await fetch(request);
    },
  });
  return { list, requests };
}

const alphabet = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const letters: Fetch = ({ pageSize, pageToken }) => {
  const start = Number(pageToken ?? 0);
  const end = start + pageSize;
  return { items: alphabet.slice(start, end), nextPageToken: end < 7 ? String(end) : undefined };
};

function abort(): never {
  throw new DOMException('stopped', 'AbortError');
}

describe('PagedList', () => {
  it('shares one request among all who ask at the same time', async () => {
    const { list, requests } = listOver(letters);
    const [one, other] = await Promise.all([list.load(), list.load()]);
    assert.deepEqual(one, other);
    await list.load();
    assert.equal(requests.length, 1);
  });

  it('appends page by page until there is no token', async () => {
    const { list, requests } = listOver(letters);
    await list.load();
    while (list.listing.hasMore) await list.loadMore();
    assert.deepEqual(list.listing.items, alphabet);
    assert.equal(requests.length, 4);
    await list.loadMore();
    assert.equal(requests.length, 4);
  });

  it('refreshes as many as were loaded, in one page where that is enough', async () => {
    const { list, requests } = listOver(letters);
    await list.load();
    await list.loadMore();
    await list.refresh();
    assert.deepEqual(requests.at(-1), { pageSize: 4 });
    assert.deepEqual(list.listing.items, ['a', 'b', 'c', 'd']);
  });

  it('refreshes further pages where a store gives fewer at once', async () => {
    const { list, requests } = listOver((request) => letters({ ...request, pageSize: 2 }));
    await list.load();
    await list.loadMore();
    await list.refresh();
    assert.deepEqual(list.listing.items, ['a', 'b', 'c', 'd']);
    assert.equal(requests.length, 4);
  });

  it('keeps what it has, and says why it may be stale, when a refresh fails', async () => {
    let isDown = false;
    const { list } = listOver((request) => {
      if (isDown) throw new Error('down');
      return letters(request);
    });
    await list.load();
    isDown = true;
    await list.refresh();
    assert.deepEqual(list.listing.items, ['a', 'b']);
    assert.match(String(list.listing.failure), /down/);
    isDown = false;
    await list.refresh();
    assert.equal(list.listing.failure, undefined);
  });

  it('asks a failed first page again only when told to', async () => {
    const { list, requests } = listOver(() => {
      throw new Error('down');
    });
    await list.load();
    await list.load();
    assert.equal(requests.length, 1);
    await list.refresh();
    assert.equal(requests.length, 2);
  });

  it('keeps the failure of a further page apart, and the token for another try', async () => {
    let isDown = true;
    const { list } = listOver((request) => {
      if (isDown && request.pageToken !== undefined) throw new Error('down');
      return letters(request);
    });
    await list.load();
    await list.loadMore();
    assert.equal(list.listing.failure, undefined);
    assert.match(String(list.listing.moreFailure), /down/);
    assert.equal(list.listing.hasMore, true);
    isDown = false;
    await list.loadMore();
    assert.equal(list.listing.moreFailure, undefined);
    assert.deepEqual(list.listing.items, ['a', 'b', 'c', 'd']);
  });

  it('shows nothing of a cancellation, and offers to load what was not loaded', async () => {
    let isStopped = true;
    const { list } = listOver((request) => (isStopped ? abort() : letters(request)));
    const listing = await list.load();
    assert.deepEqual(listing, { items: [], hasMore: true, failure: undefined, moreFailure: undefined });
    isStopped = false;
    await list.loadMore();
    assert.deepEqual(list.listing.items, ['a', 'b']);
  });

  it('keeps the old in silence when a refresh is cancelled', async () => {
    let isStopped = false;
    const { list } = listOver((request) => (isStopped ? abort() : letters(request)));
    await list.load();
    isStopped = true;
    await list.refresh();
    await list.loadMore();
    assert.deepEqual(list.listing, {
      items: ['a', 'b'],
      hasMore: true,
      failure: undefined,
      moreFailure: undefined,
    });
  });

  it('never runs two requests at once', async () => {
    let running = 0;
    const { list } = listOver(async (request) => {
      assert.equal(++running, 1);
      await new Promise(setImmediate);
      running--;
      return letters(request);
    });
    await Promise.all([list.load(), list.refresh(), list.loadMore(), list.loadMore()]);
    assert.deepEqual(list.listing.items, ['a', 'b', 'c', 'd']);
  });

  it('reads again after it went stale, once', async () => {
    const { list, requests } = listOver(letters);
    list.markStale();
    await list.load();
    assert.equal(requests.length, 1);
    list.markStale();
    await Promise.all([list.load(), list.load()]);
    await list.load();
    assert.equal(requests.length, 2);
  });

  it('lists an item once that newer ones pushed to the next page', async () => {
    const { list } = listOver(({ pageToken }) =>
      pageToken === undefined
        ? { items: ['a', 'b'], nextPageToken: '2' }
        : { items: ['b', 'c'], nextPageToken: undefined },
    );
    await list.load();
    await list.loadMore();
    assert.deepEqual(list.listing.items, ['a', 'b', 'c']);
  });

  it('ends where tokens lead in a circle', async () => {
    const { list, requests } = listOver(({ pageToken }) => ({
      items: [],
      nextPageToken: pageToken === 'one' ? 'two' : 'one',
    }));
    await list.load();
    for (let click = 0; click < 5; click++) await list.loadMore();
    assert.equal(list.listing.hasMore, false);
    assert.ok(requests.length < 6, `${requests.length} requests`);
  });

  it('gives up on pages that bring nothing, until asked again', async () => {
    let token = 0;
    const { list, requests } = listOver(() => ({ items: [], nextPageToken: String(++token) }));
    await list.load();
    assert.equal(requests.length, 5);
    assert.equal(list.listing.hasMore, true);
  });

  it('keeps items whose completion failed', async () => {
    const list = new PagedList<string>({
      pageSize: 2,
      identify: (item) => item,
      fetchPage: (request) => Promise.resolve(letters(request)),
      complete: () => Promise.reject(new Error('no parents')),
    });
    await list.load();
    assert.deepEqual(list.listing.items, ['a', 'b']);
    assert.match(String(list.listing.failure), /no parents/);
  });
});
