import type { FaultOptions } from '../faultOptions';
import { createRandom } from '../random';
import type { Verdict } from '../verdict';
import { aimPayloads, type Canary, type Payload } from './canary';
import type { Question } from './conduct';
import { messageCases } from './messageCases';
import { panelCases } from './panelCases';
import { Stage } from './stage';
import { treeCases } from './treeCases';

/** A group of places in VS Code's own window that show a stranger's text. */
export interface WorkbenchCase {
  readonly name: string;
  /** Brings each of the texts to the screen and looks; answers how many. The window is left as the next case begins. */
  readonly run: (stage: Stage) => Promise<string>;
}

const group = 'VS Code';

/** In their order: each leaves the trees as the next one needs them. */
export const workbenchCases: readonly WorkbenchCase[] = [...treeCases, ...panelCases, ...messageCases];

/** All places in VS Code's own window, with each payload in each of them; in short with some. */
export async function* attackWorkbench(
  canary: Canary,
  options: FaultOptions,
): AsyncGenerator<Verdict<Question>> {
  const cases = chooseCases(options.only);
  if (cases.length === 0) return;
  const stage = await Stage.open(canary, choosePayloads(aimPayloads(canary), options));
  try {
    for (const one of cases) yield await attack(one, stage);
  } finally {
    await stage.leave();
  }
}

/** Those of the trees need each other. */
function chooseCases(only: RegExp): readonly WorkbenchCase[] {
  const isChosen = ({ name }: WorkbenchCase) => only.test(`${group} ${name}`);
  const browsing = [...treeCases, ...panelCases];
  return [...(browsing.some(isChosen) ? browsing : []), ...messageCases.filter(isChosen)];
}

async function attack({ name, run }: WorkbenchCase, stage: Stage): Promise<Verdict<Question>> {
  const start = performance.now();
  let outcome = '';
  try {
    outcome = await run(stage);
  } catch (error) {
    stage.note('shown', error instanceof Error ? error.message : String(error));
  }
  return { group, name, wrong: stage.takeWrong(), ms: performance.now() - start, outcome, block: 0 };
}

/** Those that VS Code would read itself, and one of the others. */
const always = /^(Markdown command link|bare addresses|character references|icons)$/;

function choosePayloads(all: readonly Payload[], { isShort, seed }: FaultOptions): readonly Payload[] {
  if (!isShort) return all;
  const random = createRandom(seed);
  const rest = all.filter(({ name }) => !always.test(name));
  const other = rest[random.below(rest.length)];
  return [...all.filter(({ name }) => always.test(name)), ...(other ? [other] : [])];
}
