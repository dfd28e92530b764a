import assert from 'node:assert/strict';
import { array, assert as check, constant, nat, oneof, option, property, record } from 'fast-check';
import { nestRuns, type RunForest } from '../../../extension/catalog/runForest';
import { run } from '../catalog/fixtures';

/** Every run that can be reached from the roots, parents first. */
function walk(forest: RunForest): string[] {
  const passed: string[] = [];
  const pending = forest.roots.map(({ id }) => id);
  for (let id = pending.shift(); id !== undefined && passed.length < 10_000; id = pending.shift()) {
    passed.push(id);
    pending.push(...forest.childrenOf(id).map((child) => child.id));
  }
  return passed;
}

const ids = (runs: readonly { readonly id: string }[]) => runs.map(({ id }) => id);

describe('nestRuns', () => {
  it('puts runs under their parents to any depth, newest first', () => {
    const forest = nestRuns([
      run('root', { startedAt: 1 }),
      run('younger', { startedAt: 5 }),
      run('a', { startedAt: 2, parent: 'root' }),
      run('b', { startedAt: 3, parent: 'root' }),
      run('deep', { startedAt: 4, parent: 'a' }),
    ]);
    assert.deepEqual(ids(forest.roots), ['younger', 'root']);
    assert.deepEqual(ids(forest.childrenOf('root')), ['b', 'a']);
    assert.deepEqual(ids(forest.childrenOf('a')), ['deep']);
    assert.equal(forest.parentOf('deep')?.id, 'a');
  });

  it('makes a run whose parent is not there a root', () => {
    assert.deepEqual(ids(nestRuns([run('a', { parent: 'elsewhere' })]).roots), ['a']);
  });

  it('makes each run of a circle a root, and leaves what hangs on it in its place', () => {
    const forest = nestRuns([
      run('a', { startedAt: 3, parent: 'b' }),
      run('b', { startedAt: 2, parent: 'a' }),
      run('self', { startedAt: 1, parent: 'self' }),
      run('leaf', { startedAt: 9, parent: 'a' }),
    ]);
    assert.deepEqual(ids(forest.roots), ['a', 'b', 'self']);
    assert.deepEqual(ids(forest.childrenOf('a')), ['leaf']);
    assert.deepEqual(ids(forest.childrenOf('b')), []);
  });

  it('orders runs that started at the same time by id, and those that never did last', () => {
    const forest = nestRuns([
      run('never', { startedAt: undefined }),
      run('b', { startedAt: 1 }),
      run('a', { startedAt: 1 }),
    ]);
    assert.deepEqual(ids(forest.roots), ['a', 'b', 'never']);
  });

  it('shows every run exactly once and parents before children, whatever the runs say', () => {
    const anyRun = record({
      id: nat(40),
      parent: option(nat(50)),
      startedAt: oneof(nat(10), constant(undefined)),
    });
    check(
      property(array(anyRun, { maxLength: 60 }), (given) => {
        const runs = given.map(({ id, parent, startedAt }) =>
          run(String(id), { startedAt, parent: parent === null ? undefined : String(parent) }),
        );
        const forest = nestRuns(runs);
        const passed = walk(forest);
        assert.deepEqual([...passed].sort(), [...new Set(ids(runs))].sort());
        for (const id of passed) {
          const parent = forest.parentOf(id);
          if (parent) assert.ok(passed.indexOf(parent.id) < passed.indexOf(id));
          else assert.ok(ids(forest.roots).includes(id));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes a chain of 10,000 in its stride', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => run(`${index}`, { parent: `${index + 1}` }));
    assert.equal(nestRuns(chain).roots.length, 1);
  });
});
