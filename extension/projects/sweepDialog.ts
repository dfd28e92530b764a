import { formatCount } from '../ui/numbers';
import { plainText } from '../ui/text';
import { askInTurn, type Step } from './askInTurn';
import { declaredParameters } from './checkLaunch';
import { findPointProblem } from './checkSweep';
import { countGrid, listPoints, type SweepAxes, type SweepPlan, type SweepPoint } from './composeSweep';
import { type Launch, nameProject } from './launch';
import { askExperiment, askManager, follow, type LaunchQuestions } from './launchDialog';
import { readPairs, writePairs } from './pairs';
import { type Answer, askChoice, askText, askWithWhole, type Place } from './stepDialog';
import { describePoint } from './sweepProcess';
import { readSweepValues, type SweepValues, writeSweepValue } from './sweepValues';

/** A sweep as somebody wants it. */
export interface Sweep {
  readonly launch: Launch;
  readonly points: readonly SweepPoint[];
  readonly atOnce: number;
  /** What is swept over, in one line. */
  readonly words: string;
}

/** What is asked, before it is made into runs. */
interface SweepDraft {
  /** Its parameters are texts that readSweepValues reads. */
  readonly launch: Launch;
  readonly plan: SweepPlan;
  readonly atOnce: number;
}

/** Nobody means more runs than that. */
const mostRuns = 10_000;
const mostAtOnce = 64;
const howToWrite = 'a value, a list (1, 2, 3), a range (0..1 step 0.1, 1..10) or powers (1e-4..1e-1 log 4)';

/** Asks what each parameter takes and how many runs that makes, with the values of `launch` filled in; `atOnce` is what the bound begins with. Undefined when the user turns away. */
export async function askSweep(
  launch: Launch,
  questions: LaunchQuestions,
  atOnce: number,
): Promise<Sweep | undefined> {
  const texts = [...launch.parameters].map(([name, value]) => [name, writeSweepValue(value)] as const);
  const draft: SweepDraft = {
    ...{ launch: { ...launch, parameters: new Map(texts) }, atOnce },
    plan: { kind: 'grid' },
  };
  const title = `Sweep ${plainText(launch.entryPoint, 60)} of ${plainText(nameProject(launch.project), 60)}`;
  const chosen = await askInTurn(draft, title, (one) => listSteps(one, questions));
  if (!chosen) return undefined;
  const { plan } = chosen;
  const words = describeSweep(chosen.launch.parameters, plan);
  // Values that are to be swept over are none of a single run.
  return {
    launch: { ...chosen.launch, parameters: launch.parameters },
    atOnce: chosen.atOnce,
    words,
    points: pointsOf(chosen),
  };
}

function listSteps({ launch, plan }: SweepDraft, questions: LaunchQuestions): readonly Step<SweepDraft>[] {
  const declared = declaredParameters(questions.file, launch.entryPoint);
  const names = new Set(declared.map(({ name }) => name));
  return [
    ...declared.map(
      ({ name, type, default: fallback }): Step<SweepDraft> =>
        (draft, place) =>
          askValues(draft, place, name, `${name} (${type})`, fallback),
    ),
    (draft, place) => askFurther(draft, place, names),
    askPlan,
    ...(plan.kind === 'random' ? [askCount, askSeed] : []),
    askAtOnce,
    onLaunch((one, place) => askExperiment(one, place, questions.experiments)),
    onLaunch((one, place) => askManager(one, place, questions.managers)),
    (draft, place) => confirm(draft, place, questions),
  ];
}

function onLaunch(step: Step<Launch>): Step<SweepDraft> {
  return async (draft, place) => follow(await step(draft.launch, place), (launch) => ({ ...draft, launch }));
}

async function askValues(
  draft: SweepDraft,
  place: Place,
  name: string,
  label: string,
  fallback: string | undefined,
): Promise<Answer<SweepDraft>> {
  const { launch } = draft;
  const known = launch.parameters.get(name) ?? (fallback === undefined ? '' : writeSweepValue(fallback));
  const answer = await askText(place, {
    prompt: `${plainText(label, 100)}: ${howToWrite}`,
    value: known,
    findProblem: findValuesProblem,
  });
  return follow(answer, (text) => ({
    ...draft,
    launch: { ...launch, parameters: new Map([...launch.parameters, [name, text]]) },
  }));
}

function findValuesProblem(text: string): string | undefined {
  const read = readSweepValues(text);
  return read.values ? undefined : read.problem;
}

/** Those that the entry point does not declare, as of a script or a project that MLflow fetches. */
async function askFurther(
  draft: SweepDraft,
  place: Place,
  declared: ReadonlySet<string>,
): Promise<Answer<SweepDraft>> {
  const { launch } = draft;
  const isDeclared = ([name]: readonly [string, string]) => declared.has(name);
  const further = [...launch.parameters].filter((one) => !isDeclared(one));
  const answer = await askText(place, {
    prompt: `Further parameters, which the command gets as --name value: name="values" each. Empty for none.`,
    placeholder: 'lr="1e-4..1e-1 log 4" optimizer="adam, sgd"',
    value: writePairs(further),
    findProblem: (text) => {
      const { pairs, problem } = readPairs(text);
      return problem ?? pairs.map(([, values]) => findValuesProblem(values)).find((one) => one !== undefined);
    },
  });
  return follow(answer, (text) => {
    const own = [...launch.parameters].filter(isDeclared);
    return { ...draft, launch: { ...launch, parameters: new Map([...own, ...readPairs(text).pairs]) } };
  });
}

async function askPlan(draft: SweepDraft, place: Place): Promise<Answer<SweepDraft>> {
  const count = countGrid(axesOf(draft));
  const seed = draft.plan.kind === 'random' ? draft.plan.seed : Math.floor(Math.random() * 10_000);
  const answer = await askChoice<SweepPlan['kind']>(place, {
    placeholder: 'Which combinations run',
    options: [
      {
        ...{ label: 'Grid', description: 'all of them', value: 'grid' },
        ...(count === undefined
          ? {
              missing:
                'A range without steps has endlessly many values: give it a step, or a number of powers.',
            }
          : { detail: `${count} runs` }),
      },
      { label: 'Random', description: 'so many, drawn by a seed', value: 'random' },
    ],
    active: count === undefined ? 'random' : draft.plan.kind,
  });
  return follow(answer, (kind) => ({
    ...draft,
    plan:
      kind === 'grid' ? { kind } : { kind, seed, count: draft.plan.kind === kind ? draft.plan.count : 10 },
  }));
}

async function askCount(draft: SweepDraft, place: Place): Promise<Answer<SweepDraft>> {
  if (draft.plan.kind !== 'random') return { value: draft };
  const { plan } = draft;
  const answer = await askNumber(place, 'How many runs are drawn', plan.count, 1, mostRuns);
  return follow(answer, (count) => ({ ...draft, plan: { ...plan, count } }));
}

async function askSeed(draft: SweepDraft, place: Place): Promise<Answer<SweepDraft>> {
  if (draft.plan.kind !== 'random') return { value: draft };
  const { plan } = draft;
  const prompt = 'The seed: the same one draws the same runs again';
  const answer = await askNumber(place, prompt, plan.seed, 0, 2 ** 31);
  return follow(answer, (seed) => ({ ...draft, plan: { ...plan, seed } }));
}

async function askAtOnce(draft: SweepDraft, place: Place): Promise<Answer<SweepDraft>> {
  const answer = await askNumber(place, 'How many run at once, at most', draft.atOnce, 1, mostAtOnce);
  return follow(answer, (atOnce) => ({ ...draft, atOnce }));
}

async function askNumber(
  place: Place,
  prompt: string,
  value: number,
  least: number,
  most: number,
): Promise<Answer<number>> {
  const answer = await askText(place, {
    ...{ prompt, value: String(value) },
    findProblem: (text) => {
      const isFine = /^\s*\d+\s*$/.test(text) && Number(text) >= least && Number(text) <= most;
      return isFine ? undefined : `A whole number from ${least} to ${most}.`;
    },
  });
  return follow(answer, Number);
}

/** The last look, at how many runs there will be and what the first of them are given. */
async function confirm(
  draft: SweepDraft,
  place: Place,
  questions: LaunchQuestions,
): Promise<Answer<SweepDraft>> {
  const { points, problem } = await listRuns(draft, questions);
  const shown = points.slice(0, 3).map(describePoint);
  const preview = [...shown, ...(points.length > shown.length ? ['…'] : [])].join('; ');
  const start = {
    ...{ label: `Start ${formatCount(points.length, 'Run')}`, icon: 'play', value: draft },
    description: `at most ${draft.atOnce} at once`,
    ...(problem === undefined ? { detail: plainText(preview, 300) } : { missing: plainText(problem, 500) }),
  };
  const placeholder = plainText(describeSweep(draft.launch.parameters, draft.plan), 300);
  const text = points.map((point, index) => `${index + 1}. ${describePoint(point)}\n`).join('');
  const whole = { label: 'Show All Runs', name: 'Runs of Sweep.txt', text, show: questions.showWhole };
  return await askWithWhole(place, { placeholder, options: [start] }, whole);
}

interface PlannedRuns {
  /** None where they cannot run. */
  readonly points: readonly SweepPoint[];
  readonly problem?: string | undefined;
}

async function listRuns(draft: SweepDraft, { findProblem }: LaunchQuestions): Promise<PlannedRuns> {
  const count = draft.plan.kind === 'grid' ? countGrid(axesOf(draft)) : draft.plan.count;
  if (count === undefined)
    return { points: [], problem: 'A grid needs steps: a range without them has endlessly many values.' };
  if (count > mostRuns)
    return { points: [], problem: `These are ${count} runs; a sweep has at most ${mostRuns}.` };
  const points = pointsOf(draft);
  const find = (parameters: SweepPoint) => findProblem({ ...draft.launch, parameters });
  const problem = await findPointProblem(points, find);
  return problem === undefined ? { points } : { points: [], problem };
}

function pointsOf(draft: SweepDraft): readonly SweepPoint[] {
  return listPoints(axesOf(draft), draft.plan);
}

function axesOf({ launch }: SweepDraft): SweepAxes {
  const one = (text: string): SweepValues => readSweepValues(text).values ?? { kind: 'list', values: [text] };
  return new Map([...launch.parameters].map(([name, text]) => [name, one(text)]));
}

function describeSweep(parameters: ReadonlyMap<string, string>, plan: SweepPlan): string {
  const how = plan.kind === 'grid' ? 'Grid' : `${plan.count} random runs, seed ${plan.seed}`;
  return `${how} over ${[...parameters].map(([name, text]) => `${name}: ${text}`).join('; ')}`;
}
