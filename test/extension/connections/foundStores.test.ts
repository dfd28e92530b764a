import { deepEqual, equal } from 'node:assert/strict';
import { FoundStores } from '../../../extension/connections/foundStores';
import { Finder, Storage } from './fakes';

const one = '/folder/mlflow.db';
const other = '/folder/sub/mlflow.db';

/** A workspace whose memory outlives the window. */
function open(storage = new Storage()) {
  const finder = new Finder();
  const found = new FoundStores(() => Promise.resolve(finder), storage.memory);
  return { storage, finder, found, shown: () => found.chosen?.path };
}

describe('FoundStores', () => {
  it('looks when first asked, once, and says meanwhile that it looks', async () => {
    const { finder, found, shown } = open();
    equal(found.status, 'none');
    const started = found.start();
    equal(found.status, 'looking');
    await Promise.all([started, found.start()]);
    equal(finder.looks, 1);
    equal(found.status, 'none');
    equal(shown(), undefined);
  });

  it('shows the only store there is', async () => {
    const { finder, found, shown } = open();
    finder.lying = [one];
    await found.start();
    equal(shown(), one);
    equal(found.status, 'none');
  });

  it('shows none of several before the user chooses, and remembers the choice', async () => {
    const { storage, finder, found, shown } = open();
    finder.lying = [one, other];
    await found.start();
    equal(shown(), undefined);
    equal(found.status, 'several');
    await found.choose(other);
    equal(shown(), other);

    const later = open(storage);
    later.finder.lying = [one, other];
    await later.found.start();
    equal(later.shown(), other);
  });

  it('goes on showing what it shows when another store appears', async () => {
    const { finder, found, shown } = open();
    await found.start();
    await finder.put(one);
    await finder.put(one, other);
    equal(shown(), one);
    await finder.put(other);
    equal(shown(), other);
  });

  it('forgets a choice that is gone, until it is back', async () => {
    const { finder, found, shown } = open();
    finder.lying = [one, other];
    await found.start();
    await found.choose(other);
    await finder.put(one);
    equal(shown(), one);
    await finder.put(one, other);
    equal(shown(), other);
  });

  it('tells of every change', async () => {
    const { finder, found } = open();
    const seen: string[] = [];
    found.onDidChange(() => seen.push(`${found.status} ${found.chosen?.path ?? '-'}`));
    await found.start();
    await finder.put(one);
    deepEqual([seen[0], seen.at(-1)], ['looking -', `none ${one}`]);
  });

  it('may be asked to look by whoever hears that it looks', async () => {
    const { finder, found } = open();
    found.onDidChange(() => void found.start());
    await found.start();
    equal(finder.looks, 1);
  });

  it('looks no more when it was disposed meanwhile', async () => {
    const { finder, found } = open();
    const started = found.start();
    found.dispose();
    await started;
    equal(finder.looks, 0);
  });
});
