import { deepEqual, equal, ok } from 'node:assert/strict';
import { readProjectFile } from '../../../extension/projects/projectFile';

const entry = (index: number) =>
  `  step_${index}:\n    parameters: {alpha: {type: float, default: 0.${index}}, data: path}\n    command: python train.py {alpha} {data}\n`;

describe('An MLproject of 1,000 entry points', () => {
  const text = `name: many\nentry_points:\n${Array.from({ length: 1000 }, (_, index) => entry(index)).join('')}`;

  it('is read whole, while others get their turn', async () => {
    let turns = 0;
    const count = (): void => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const { entryPoints, problem } = await readProjectFile(text);
    clearImmediate(timer);
    equal(problem, undefined);
    equal(entryPoints.length, 1000);
    deepEqual(entryPoints[999]?.parameters, [
      { name: 'alpha', type: 'float', default: '0.999' },
      { name: 'data', type: 'path', default: undefined },
    ]);
    equal(entryPoints[999].command?.text, 'python train.py {alpha} {data}');
    ok(turns > 0);
  });
});
