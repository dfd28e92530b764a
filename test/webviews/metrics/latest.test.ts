import { deepEqual } from 'node:assert/strict';
import { Latest } from '../../../webviews/metrics/latest';

/** Questions that are answered when the test says so. */
class Questions {
  readonly asked: string[] = [];
  readonly answered: string[] = [];
  readonly signals = new Map<string, AbortSignal>();
  private readonly answers = new Map<string, (answer: string) => void>();
  readonly latest = new Latest<string>();

  ask(name: string): void {
    this.latest.ask({
      ask: (signal) => {
        this.asked.push(name);
        this.signals.set(name, signal);
        return new Promise((resolve) => this.answers.set(name, resolve));
      },
      done: (answer) => this.answered.push(answer),
      fail: () => this.answered.push(`${name} failed`),
    });
  }

  async answer(name: string): Promise<void> {
    this.answers.get(name)?.(name);
    await new Promise(setImmediate);
  }
}

describe('The newest of many questions', () => {
  it('is asked when the running one is answered, and those between are not', async () => {
    const questions = new Questions();
    for (const name of ['a', 'b', 'c']) questions.ask(name);
    deepEqual(questions.asked, ['a']);
    await questions.answer('a');
    deepEqual([questions.asked, questions.answered], [['a', 'c'], ['a']]);
    await questions.answer('c');
    deepEqual(questions.answered, ['a', 'c']);
  });

  it('is dropped with the running one when nobody waits any more', async () => {
    const questions = new Questions();
    questions.ask('a');
    questions.ask('b');
    questions.latest.cancel();
    await questions.answer('a');
    deepEqual([questions.asked, questions.answered], [['a'], []]);
    deepEqual(questions.signals.get('a')?.aborted, true);
    questions.ask('c');
    await questions.answer('c');
    deepEqual(questions.answered, ['c']);
  });
});
