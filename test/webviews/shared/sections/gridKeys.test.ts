import { equal } from 'node:assert/strict';
import { moveIn } from '../../../../webviews/shared/sections/gridKeys';

describe('Keys in a grid', () => {
  const press = (key: string, index = 5, count = 20, ctrlKey = false) =>
    moveIn(count, index, { key, ctrlKey, metaKey: false, altKey: false });

  it('walk the rows', () => {
    equal(press('ArrowDown'), 6);
    equal(press('ArrowUp'), 4);
    equal(press('PageDown'), 15);
    equal(press('Home'), 0);
    equal(press('End'), 19);
  });

  it('stay within them', () => {
    equal(press('ArrowUp', 0), 0);
    equal(press('PageDown', 18), 19);
    equal(press('End', 0, 0), undefined);
  });

  it('mean nothing else', () => {
    equal(press('a'), undefined);
    equal(press('Home', 5, 20, true), undefined);
  });
});
