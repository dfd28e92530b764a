import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type TestProject, writeProject } from '../../extension/projects/launched';
import type { FaultOptions } from '../faultOptions';
import { LoopWatch } from '../loopWatch';
import { longestBlock, type Verdict } from '../verdict';
import { type BrokenCase, brokenCases, readTerminal } from './brokenCases';
import { type LargeCase, largeCases } from './largeCases';
import { type LaunchCase, launchCases } from './launchCases';

/** The questions that each launch is judged by. */
export const questions = [
  'started', // it ran to its end, or was refused with a reason before anything ran
  'exact', // each text arrived byte for byte as one argument, in the project's folder
  'inert', // nothing of a payload ran, nor of what lies in the project under MLflow's name
  'told', // where it cannot go well, the terminal names the cause
  'prompt', // where measured, nothing holds up the event loop for more than 50 ms
] as const;

type Question = (typeof questions)[number];

/** What stands in for MLflow: it says how it was called. */
const fakeMlflow =
  'import json, os, sys\nwith open(os.environ["SEEN"], "w") as file: json.dump([os.getcwd(), sys.argv[1:]], file)\n';

/** What lies in the project, and would be run if Python imported from there. */
const trap = 'open("canary", "w")\n';

/** Launches a program in MLflow's place with hostile values, keys, names and addresses, and where it cannot go well. */
export async function injectLaunchFaults(options: FaultOptions): Promise<readonly Verdict<Question>[]> {
  const fake = await mkdtemp(join(tmpdir(), 'mlflow-fake-'));
  try {
    await mkdir(join(fake, 'mlflow'));
    await writeFile(join(fake, 'mlflow', '__init__.py'), '');
    await writeFile(join(fake, 'mlflow', '__main__.py'), fakeMlflow);
    const verdicts: Verdict<Question>[] = [];
    for (const { group, name, attempt } of listAttempts(fake, options)) {
      if (!options.only.test(`${group} ${name}`)) continue;
      const verdict = await attempt();
      options.report(verdict);
      verdicts.push(verdict);
    }
    return verdicts;
  } finally {
    await rm(fake, { recursive: true, force: true });
  }
}

interface Attempt {
  readonly group: string;
  readonly name: string;
  readonly attempt: () => Promise<Verdict<Question>>;
}

/** All cases, by group and name. */
export function listAttempts(fake: string, options: Pick<FaultOptions, 'isTimed'>): readonly Attempt[] {
  return [
    ...launchCases.map((one) => ({ ...one, attempt: () => attempt(one, fake) })),
    ...brokenCases.map((one) => ({
      group: 'broken',
      name: one.name,
      attempt: () => attemptBroken(one, fake),
    })),
    ...largeCases.map((one) => ({
      ...{ group: 'large', name: one.name },
      attempt: () => attemptLarge(one, options.isTimed),
    })),
  ];
}

async function attemptBroken(one: BrokenCase, fake: string): Promise<Verdict<Question>> {
  const start = performance.now();
  const project = await writeProject({ MLproject: 'entry_points: {main: {command: echo}}\n' });
  try {
    const text = await readTerminal(one, project, fake);
    const wrong = new Map<Question, string>(one.told.test(text) ? [] : [['told', text]]);
    const outcome = one.told.exec(text)?.[0] ?? 'something else';
    return { group: 'broken', name: one.name, wrong, ms: performance.now() - start, outcome, block: 0 };
  } finally {
    await project.remove();
    await writeFile(join(fake, 'mlflow', '__main__.py'), fakeMlflow);
  }
}

async function attemptLarge(
  { name, take, expected }: LargeCase,
  isTimed: boolean,
): Promise<Verdict<Question>> {
  const start = performance.now();
  const watch = new LoopWatch();
  const outcome = await take();
  const block = watch.stop().computing;
  const wrong = new Map<Question, string>();
  if (outcome !== expected) wrong.set('started', outcome);
  if (isTimed && block > longestBlock)
    wrong.set('prompt', `the event loop was held up for ${Math.ceil(block)} ms`);
  return { group: 'large', name, wrong, ms: performance.now() - start, outcome, block };
}

async function attempt(one: LaunchCase, fake: string): Promise<Verdict<Question>> {
  const start = performance.now();
  const entryPoint = JSON.stringify(one.launch.entryPoint ?? 'main');
  const main = '{parameters: {declared: {default: x}}, command: "python x.py {declared}"}';
  const files = {
    MLproject: `entry_points: {${entryPoint}: ${main}}\n`,
    'mlflow.py': trap,
    'runpy.py': trap,
  };
  const project = await writeProject(files, one.folder);
  try {
    const { wrong, outcome } = await judge(one, project, fake);
    if (project.holds('canary')) wrong.set('inert', 'the canary is there');
    return { group: one.group, name: one.name, wrong, ms: performance.now() - start, outcome, block: 0 };
  } finally {
    await project.remove();
  }
}

async function judge(
  { launch, args, mayRefuse }: LaunchCase,
  project: TestProject,
  fake: string,
): Promise<{ readonly wrong: Map<Question, string>; readonly outcome: string }> {
  const wrong = new Map<Question, string>();
  const seen = join(fake, 'seen.json');
  await rm(seen, { force: true });
  const launched = await project.launch(launch, 'newest', { PYTHONPATH: fake, SEEN: seen }).catch(causeOf);
  if (typeof launched === 'string') {
    if (args !== undefined && !mayRefuse) wrong.set('started', `refused: ${launched}`);
    return { wrong, outcome: `refused: ${launched}` };
  }
  const { code } = await launched.run.ended;
  if (code !== 0) wrong.set('started', launched.output());
  else if (!isDeepStrictEqual(JSON.parse(await readFile(seen, 'utf8')), [project.folder, args])) {
    wrong.set('exact', await readFile(seen, 'utf8'));
  }
  return { wrong, outcome: 'started' };
}

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
