import { deepEqual, equal } from 'node:assert/strict';
import { commandOf, type GridShape, type Key, type Place } from '../../../webviews/runsTable/gridKeys';

const shape: GridShape = { rows: 100, columns: 10, page: 20 };

function press(keys: string, at: Place, fold?: 'open' | 'closed') {
  const parts = keys.split('+');
  const key: Key = {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Control'),
    metaKey: false,
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  };
  return commandOf(key, at, shape, fold);
}

function move(row: number, column: number, isRange = false) {
  return { kind: 'move', to: { row, column }, isRange };
}

describe('Keys in the grid of runs', () => {
  const at = { row: 50, column: 5 };

  it('move by cell, page, row and to the ends, and no farther', () => {
    deepEqual(press('ArrowDown', at), move(51, 5));
    deepEqual(press('ArrowLeft', at), move(50, 4));
    deepEqual(press('PageDown', at), move(70, 5));
    deepEqual(press('PageUp', { row: 7, column: 5 }), move(0, 5));
    deepEqual(press('Home', at), move(50, 0));
    deepEqual(press('End', at), move(50, 9));
    deepEqual(press('Control+Home', at), move(0, 0));
    deepEqual(press('Control+End', at), move(99, 9));
    deepEqual(press('Control+ArrowUp', at), move(0, 5));
    deepEqual(press('ArrowDown', { row: 99, column: 0 }), move(99, 0));
  });

  it('reach the head from the first row', () => {
    deepEqual(press('ArrowUp', { row: 0, column: 3 }), move(-1, 3));
    deepEqual(press('ArrowDown', { row: -1, column: 3 }), move(0, 3));
    deepEqual(press('ArrowUp', { row: -1, column: 3 }), move(-1, 3));
  });

  it('select', () => {
    deepEqual(press('Shift+ArrowDown', at), move(51, 5, true));
    deepEqual(press('Shift+ArrowRight', at), move(50, 6));
    deepEqual(press(' ', at), { kind: 'toggle' });
    deepEqual(press('Shift+ ', at), { kind: 'range' });
    deepEqual(press('Control+a', at), { kind: 'selectAll' });
    deepEqual(press('Escape', at), { kind: 'clear' });
  });

  it('fold on the name of a row, and move elsewhere', () => {
    const name = { row: 50, column: 0 };
    deepEqual(press('ArrowRight', name, 'closed'), { kind: 'fold', state: 'open' });
    deepEqual(press('ArrowLeft', name, 'open'), { kind: 'fold', state: 'closed' });
    deepEqual(press('ArrowRight', name, 'open'), move(50, 1));
    deepEqual(press('ArrowRight', at, 'closed'), move(50, 6));
  });

  it('sort, move and widen a column in the head', () => {
    const head = { row: -1, column: 5 };
    deepEqual(press('Enter', head), { kind: 'sort', isAdded: false });
    deepEqual(press('Shift+Enter', head), { kind: 'sort', isAdded: true });
    deepEqual(press('Alt+ArrowLeft', head), { kind: 'moveColumn', by: -1 });
    deepEqual(press('Shift+ArrowRight', head), { kind: 'resize', by: 1 });
    deepEqual(press('Alt+ArrowDown', head), { kind: 'menu' });
  });

  it('open, copy, find, and leave alone what is not theirs', () => {
    deepEqual(press('Enter', at), { kind: 'open' });
    deepEqual(press('Control+c', at), { kind: 'copy' });
    deepEqual(press('Shift+F10', at), { kind: 'menu' });
    deepEqual(press('r', at), { kind: 'find', letter: 'r' });
    deepEqual(press('ü', at), { kind: 'find', letter: 'ü' });
    equal(press('/', at), undefined);
    equal(press('Tab', at), undefined);
    equal(press('F5', at), undefined);
    equal(press('Control+f', at), undefined);
    equal(press('Alt+ArrowLeft', at), undefined);
  });
});
