import { deepEqual } from 'node:assert/strict';
import { diffArtifacts } from '../../../extension/runDiff/diffArtifacts';

describe('The artifacts of several runs', () => {
  const file = (path: string, size: number | undefined) => ({ path, isDirectory: false, size });
  const folder = (path: string) => ({ path, isDirectory: true, size: undefined });

  it('are compared by path and size, folders first', () => {
    const { rows } = diffArtifacts([
      [file('b.txt', 10), folder('model'), file('same', 1), file('what', 3)],
      [file('b.txt', 20), folder('model'), file('same', 1), folder('what'), file('only', undefined)],
    ]);
    deepEqual(
      rows.map(({ path, isDirectory, state, values, cells }) => ({
        path,
        isDirectory,
        state,
        values,
        cells,
      })),
      [
        { path: 'model', isDirectory: true, state: 'equal', values: ['folder'], cells: [0, 0] },
        { path: 'b.txt', isDirectory: false, state: 'differs', values: ['10', '20'], cells: [0, 1] },
        { path: 'only', isDirectory: false, state: 'missing', values: [''], cells: [-1, 0] },
        { path: 'same', isDirectory: false, state: 'equal', values: ['1'], cells: [0, 0] },
        { path: 'what', isDirectory: false, state: 'differs', values: ['3', 'folder'], cells: [0, 1] },
      ],
    );
  });

  it('say of a run whose folder cannot be read that it cannot, and compare the others', () => {
    const { rows, failures } = diffArtifacts([
      [file('a', 1)],
      { failure: 'The server answered 500.' },
      [file('a', 1)],
    ]);
    deepEqual(failures, [null, 'The server answered 500.', null]);
    deepEqual(rows[0]?.cells, [0, -2, 0]);
    deepEqual(rows[0].state, 'equal');
  });
});
