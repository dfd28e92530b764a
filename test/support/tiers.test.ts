import { deepEqual } from 'node:assert/strict';
import { tierOf } from './tiers';

describe('the tier of a file', () => {
  it('is told by its suffix', () => {
    const files = ['a/b.test.js', 'a/b.mlflow.test.js', 'b.host.test.js', 'b.ui.test.js'];
    deepEqual(files.map(tierOf), ['plain', 'mlflow', 'host', 'ui']);
  });

  it('is none for what is no compiled test', () => {
    const files = ['a/b.js', 'b.test.ts', 'b.test.js.map', 'latest.js'];
    deepEqual(files.map(tierOf), [undefined, undefined, undefined, undefined]);
  });
});
