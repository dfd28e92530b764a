import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { Emitter } from '../../../extension/catalog/emitter';
import { findPointProblem } from '../../../extension/projects/checkSweep';
import { countGrid, listPoints, type SweepPoint } from '../../../extension/projects/composeSweep';
import { type SweepProgress, SweepProcess } from '../../../extension/projects/sweepProcess';
import {
  listValues,
  readSweepValues,
  type SweepValues,
  writeSweepValue,
} from '../../../extension/projects/sweepValues';

function valuesOf(text: string): SweepValues {
  const read = readSweepValues(text);
  ok(read.values, text);
  return read.values;
}

describe('The values of a parameter of a sweep', () => {
  it('are one value, a list, a range with steps, or powers', () => {
    const list = (text: string) => listValues(valuesOf(text));
    deepEqual(list('adam'), ['adam']);
    deepEqual(list(''), ['']);
    deepEqual(list('1, 2, 3, 2'), ['1', '2', '3']);
    deepEqual(list(`'a, b', "it's", c d`), ['a, b', "it's", 'c d']);
    deepEqual(list('0..1 step 0.25'), ['0', '0.25', '0.5', '0.75', '1']);
    deepEqual(list('0..0.3 step 0.1'), ['0', '0.1', '0.2', '0.3']);
    deepEqual(list('-2..2'), ['-2', '-1', '0', '1', '2']);
    deepEqual(list('1e-4..1e-1 log 4'), ['0.0001', '0.001', '0.01', '0.1']);
    equal(list('0.0..1.0'), undefined);
    equal(list('1e-4..1 log'), undefined);
  });

  it('say what is wrong with them', () => {
    for (const text of [
      '1..0',
      '3..3',
      '0..1 step 0',
      '0..1 log 4',
      '1..2 log 1',
      'a,,b',
      "it's",
      '0..1000000',
    ])
      equal(readSweepValues(text).values, undefined, text);
  });

  it('hold any single value, once it is written as one', () => {
    for (const value of ['', 'a', 'a, b', '1..3', "it's", '"', `'"'`, ' x ', '$(x)']) {
      deepEqual(listValues(valuesOf(writeSweepValue(value))), [value]);
    }
  });
});

describe('The runs of a sweep', () => {
  const axes = new Map([
    ['a', valuesOf('1, 2')],
    ['b', valuesOf('x')],
    ['c', valuesOf('0..1 step 0.5')],
  ]);

  it('are all combinations in a grid, counted before they are made', () => {
    equal(countGrid(axes), 6);
    const points = listPoints(axes, { kind: 'grid' });
    deepEqual(
      points.map((point) => [...point.values()].join(' ')),
      ['1 x 0', '1 x 0.5', '1 x 1', '2 x 0', '2 x 0.5', '2 x 1'],
    );
    equal(countGrid(new Map([...axes, ['d', valuesOf('0.0..1.0')]])), undefined);
  });

  it('are drawn by a seed, each once, and no more than there are', () => {
    const draw = (count: number, seed: number) => listPoints(axes, { kind: 'random', count, seed });
    deepEqual(draw(4, 7), draw(4, 7));
    equal(draw(4, 7).length, 4);
    equal(draw(100, 1).length, 6);
    const free = new Map([['lr', valuesOf('1e-4..1e-1 log')]]);
    const drawn = listPoints(free, { kind: 'random', count: 50, seed: 3 }).map((point) =>
      Number(point.get('lr')),
    );
    equal(drawn.length, 50);
    ok(drawn.every((value) => value >= 1e-4 && value <= 1e-1));
    ok(drawn.filter((value) => value < 1e-2).length > 20, 'powers are drawn evenly');
  });

  it('are drawn to the last one where nearly all are wanted', () => {
    const wide = new Map([['n', valuesOf('1..10000')]]);
    const draw = (count: number) =>
      listPoints(wide, { kind: 'random', count, seed: 5 }).map((one) => one.get('n'));
    equal(new Set(draw(10_000)).size, 10_000);
    equal(new Set(draw(9_999)).size, 9_999);
    notDeepEqual(draw(10_000), draw(10_000).sort());
  });

  it('are checked one by one, by ten thousand too, and the first that cannot start is named', async () => {
    const points = Array.from({ length: 10_000 }, (_, index) => new Map([['n', String(index)]]));
    const refuse = (no: string) => (point: SweepPoint) => (point.get('n') === no ? 'It is odd.' : undefined);
    equal(await findPointProblem(points, refuse('9999')), 'n=9999: It is odd.');
    equal(await findPointProblem(points, refuse('none')), undefined);
  });
});

/** A run that ends when the test says so. */
class MadeRun {
  private readonly started = new Emitter<string>();
  private readonly wrote = new Emitter<string>();
  readonly onDidStartRun = this.started.event;
  readonly onDidWrite = this.wrote.event;
  private over: (exit: { readonly code: number }) => void = () => undefined;
  readonly ended = new Promise<{ readonly code: number }>((resolve) => (this.over = resolve));
  readonly runId = 'r';
  isStopping = false;
  constructor(readonly point: SweepPoint) {}
  begin(): void {
    this.started.fire('r');
  }
  end(code: number): void {
    this.wrote.fire('half ');
    this.wrote.fire('line\n');
    this.over({ code });
  }
  stop(): Promise<void> {
    this.isStopping = true;
    this.over({ code: 1 });
    return Promise.resolve();
  }
}

describe('A sweep under way', () => {
  function begin(count: number, atOnce: number) {
    const made: MadeRun[] = [];
    const states: string[] = [];
    const problems = new Map<string, string>();
    const progress: SweepProgress[] = [];
    let text = '';
    const sweep = new SweepProcess({
      ...{ runId: 'parent', atOnce },
      points: Array.from({ length: count }, (_, index) => new Map([['a', String(index)]])),
      start: (point) => {
        const run = new MadeRun(point);
        made.push(run);
        return run;
      },
      findProblem: (point) => Promise.resolve(problems.get(point.get('a') ?? '')),
      finish: (status) => {
        states.push(status);
        return Promise.resolve();
      },
    });
    sweep.onDidProgress((one) => progress.push(one));
    sweep.onDidWrite((more) => (text += more));
    const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
    return { sweep, made, states, problems, progress, settle, text: () => text };
  }

  it('starts the first run alone, then so many at once', async () => {
    const { sweep, made, states, settle } = begin(4, 2);
    await settle();
    equal(made.length, 1);
    made[0]?.begin();
    await settle();
    equal(made.length, 2);
    made[0]?.end(0);
    await settle();
    equal(made.length, 3);
    for (let index = 1; index < 4; index++) {
      made[index]?.end(0);
      await settle();
    }
    equal((await sweep.ended).code, 0);
    deepEqual(states, ['FINISHED']);
  });

  it('starts no run that MLflow could not carry out, as when the project was edited meanwhile', async () => {
    const { sweep, made, states, problems, settle, text } = begin(3, 1);
    await settle();
    problems.set('1', 'There is no script “gone.py” in the project.');
    made[0]?.end(0);
    await settle();
    deepEqual(
      made.map(({ point }) => point.get('a')),
      ['0', '2'],
    );
    made[1]?.end(0);
    equal((await sweep.ended).code, 1);
    deepEqual(states, ['FAILED']);
    ok(text().includes('[2] failed (There is no script “gone.py” in the project, no run was made): a=1'));
  });

  it('says what failed, and its parent has failed then', async () => {
    const { sweep, made, states, progress, settle, text } = begin(2, 1);
    await settle();
    made[0]?.end(3);
    await settle();
    made[1]?.end(0);
    equal((await sweep.ended).code, 1);
    deepEqual(states, ['FAILED']);
    deepEqual(progress.at(-1), { total: 2, succeeded: 1, failed: 1, running: 0 });
    ok(text().includes('[1/2] half line\n'));
    ok(text().includes('1 of 2 runs succeeded, 1 failed'));
    ok(text().includes('[1] failed (exit code 3, run r): a=0'));
  });

  it('ends with all its runs when it is stopped, and starts no further one', async () => {
    const { sweep, made, states, settle, text } = begin(5, 2);
    await settle();
    made[0]?.begin();
    await settle();
    await sweep.stop();
    equal(made.length, 2);
    deepEqual(states, ['KILLED']);
    ok(text().includes('0 of 5 runs succeeded, 3 were not started'));
  });
});
