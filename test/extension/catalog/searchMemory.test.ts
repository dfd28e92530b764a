import { deepEqual, equal } from 'node:assert/strict';
import { SearchMemory } from '../../../extension/catalog/searchMemory';
import { memento } from '../runsTable/memento';

describe('What is searched for, as the workspace remembers it', () => {
  it('is kept for each connection, until it is forgotten', async () => {
    const state = memento();
    const memory = new SearchMemory<string>(state, 'mlflow.modelSearches');
    await memory.write('http://one', 'a');
    await memory.write('__proto__', 'b');
    await memory.write('http://one', 'c');
    deepEqual(
      ['http://one', '__proto__', 'constructor'].map((uri) => memory.read(uri)),
      ['c', 'b', undefined],
    );
    await memory.write('http://one', undefined);
    equal(memory.read('http://one'), undefined);
    equal(new SearchMemory<string>(state, 'mlflow.modelSearches').read('__proto__'), 'b');
  });
});
