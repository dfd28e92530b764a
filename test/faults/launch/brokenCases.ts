import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../../../extension/processes/program';
import { RunProcess } from '../../../extension/projects/runProcess';
import { RunTerminal } from '../../../extension/projects/runTerminal';
import type { TestProject } from '../../extension/projects/launched';

/** A launch that cannot go well, and by which words that is seen. */
export interface BrokenCase {
  readonly name: string;
  /** What stands in for MLflow does this, in Python. */
  readonly mlflow?: string;
  /** Breaks what was ready to start. */
  readonly spoil?: (program: Program, project: TestProject) => Program | Promise<Program>;
  /** What the terminal says last. */
  readonly told: RegExp;
}

export const brokenCases: readonly BrokenCase[] = [
  {
    name: 'no such Python',
    spoil: (program) => ({ ...program, program: '/gone/bin/python' }),
    told: /\/gone\/bin\/python ENOENT/,
  },
  {
    name: 'a Python without MLflow',
    spoil: ({ args, env, ...program }) => ({
      ...program,
      // Without what is installed beside it.
      ...{ args: ['-S', ...args], env: { ...env, PYTHONPATH: '' } },
    }),
    told: /No module named mlflow/,
  },
  {
    name: 'the folder is gone',
    spoil: async (program, project) => {
      await rm(project.folder, { recursive: true });
      return program;
    },
    told: /There is no folder .*project/,
  },
  {
    name: 'it fails at once',
    mlflow: 'raise RuntimeError("the store is locked")',
    told: /the store is locked/,
  },
  {
    name: 'the disk is full',
    mlflow: 'open("/dev/full", "w").write("x" * 100000)',
    told: /No space left on device/,
  },
  {
    name: 'a file may not grow so large',
    mlflow:
      'import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\nopen("big", "w").write("x" * 100000)',
    told: /File too large/,
  },
  { name: 'the system kills it', mlflow: 'import os\nos.kill(os.getpid(), 9)', told: /ended by SIGKILL/ },
  {
    name: 'it writes three million characters first',
    mlflow: 'import sys\nsys.stderr.write("x" * 3000000)\nraise RuntimeError("too much")',
    told: /too much/,
  },
  {
    name: 'the MLproject is edited before it is run again',
    mlflow: 'open("MLproject", "w").write("entry_points: {other: {command: echo}}")',
    told: /no entry point “main”, only other/,
  },
];

/** Runs it in a terminal as the extension does, a second time where it went well; answers what is then read there. */
export async function readTerminal(
  { mlflow, spoil }: BrokenCase,
  project: TestProject,
  fake: string,
): Promise<string> {
  await writeFile(join(fake, 'mlflow', '__main__.py'), mlflow ?? '');
  const first = await runInTerminal(project, fake, spoil);
  return first.code === 0 ? (await runInTerminal(project, fake, spoil)).text : first.text;
}

async function runInTerminal(
  project: TestProject,
  fake: string,
  spoil: BrokenCase['spoil'],
): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const begin = async () => {
    const program = await project.prepare({}, 'newest', { PYTHONPATH: fake });
    return new RunProcess((await spoil?.(program, project)) ?? program);
  };
  const terminal = new RunTerminal(begin, () => Promise.resolve(false));
  terminal.onDidWrite((more) => {
    text += more;
  });
  const code = await new Promise<number>((resolve) => {
    terminal.onDidClose(resolve);
    terminal.open();
  });
  return { code, text };
}
