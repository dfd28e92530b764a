import { readProjectFile } from '../../../extension/projects/projectFile';
import { findLaunchProblem } from '../../../extension/projects/checkLaunch';
import { findPointProblem } from '../../../extension/projects/checkSweep';
import { listPoints } from '../../../extension/projects/composeSweep';

/** Something large that a launch must take without holding up the extension host; answers what came of it. */
export interface LargeCase {
  readonly name: string;
  readonly take: () => Promise<string>;
  readonly expected: string;
}

const entry = (index: number) =>
  `  step_${index}:\n    parameters: {alpha: {type: float, default: 0.${index}}, data: path}\n    command: python train.py {alpha} {data}\n`;
const writeProject = (count: number) =>
  `name: many\nentry_points:\n${Array.from({ length: count }, (_, index) => entry(index)).join('')}`;
const hundred = { kind: 'range', from: 1, to: 100, step: 1 } as const;

export const largeCases: readonly LargeCase[] = [
  {
    name: '1,000 entry points',
    take: async () => String((await readProjectFile(writeProject(1000))).entryPoints.length),
    expected: '1000',
  },
  {
    name: 'a sweep of 10,000 runs',
    take: async () => {
      const file = await readProjectFile(writeProject(1));
      const points = listPoints(
        new Map([
          ['alpha', hundred],
          ['data', hundred],
        ]),
        { kind: 'grid' },
      );
      const launch = { project: { kind: 'folder', path: '/project' }, entryPoint: 'step_0' } as const;
      const find = (parameters: ReadonlyMap<string, string>) =>
        findLaunchProblem({ ...launch, parameters }, file, () => true);
      return (await findPointProblem(points, find)) ?? 'no problem';
    },
    expected: 'no problem',
  },
];
