import { deepEqual, equal } from 'node:assert/strict';
import { FilterHistory } from '../../../extension/runsTable/filterHistory';
import { memento } from './memento';

describe('What was searched for', () => {
  it('is remembered by connection, the latest first and none twice', () => {
    const state = memento();
    const history = new FilterHistory(state);
    for (const text of ['a', 'b', 'a']) history.add('http://one', text);
    history.add('http://other', 'c');
    deepEqual(new FilterHistory(state).list('http://one'), ['a', 'b']);
    deepEqual(history.list('http://other'), ['c']);
  });

  it('is the last 20', () => {
    const history = new FilterHistory(memento());
    for (let index = 0; index < 30; index++) history.add('http://one', `search ${index}`);
    equal(history.list('http://one').length, 20);
    equal(history.list('http://one')[0], 'search 29');
  });

  it('is nothing where what is kept is not ours', () => {
    for (const kept of [{}, 'text', [1, ['a'], [1, 2], null]]) {
      const state = memento();
      void state.update('mlflow.runsTable.searches', kept);
      deepEqual(new FilterHistory(state).list('a'), []);
    }
  });
});
