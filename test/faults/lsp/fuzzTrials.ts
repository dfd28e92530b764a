import { corpusCases } from '../../agree/cases';
import type { AgreeCase } from '../../agree/askMlflow';
import type { FaultOptions } from '../faultOptions';
import { createRandom, type Random } from '../random';
import { Editing, type EditedFile } from './editing';
import type { Findings } from './findings';
import type { LspTrial } from './lspTrial';

const editsInTrial = 1_000;
const editsInFile = 25;
/** Of an edit with the diagnostics that follow it, in ms: what 99 of 100 stay below. */
const longestEdit = 50;
const longestFile = 10_000;

const tokens =
  `: | > # - ? , { } [ ] {{ }} " ' & * ! % @ \` \\ ~ &a *a <<: !!int --- ... {alpha} {missing} \${HOME} $( && null true 010 1:30 1e-3
  name: entry_points: main: parameters: command: type: default: float path uri string python_env: conda_env: docker_env: image:
  dependencies: pip: python=3.9 flavors: sklearn: signature: inputs: '[{"type": "double"}]' "name" "int" tensor-spec \u00e9 \ud83d\ude00 \ud800 \u2028 \ufeff \0 x`.split(
    /\s/u,
  );
const spaces = [' ', '  ', '\t', '\n', '\r\n', '\r', '\n  ', '\n\n', '\n    command: echo\n', ''];

/** Random edits of real files, so many in all; skipped, with the reason, where there is no corpus. */
export function fuzzTrials(seed: number, edits: number): readonly LspTrial[] {
  return Array.from({ length: Math.ceil(edits / editsInTrial) }, (_, index) => {
    const count = Math.min(editsInTrial, edits - index * editsInTrial);
    const own = seed * 1_000 + index;
    return {
      group: 'fuzz',
      name: `${count} edits, numbers from ${own}`,
      run: (findings: Findings, options: FaultOptions) => fuzz(createRandom(own), count, findings, options),
    };
  });
}

async function fuzz(
  random: Random,
  count: number,
  findings: Findings,
  { isTimed }: FaultOptions,
): Promise<string> {
  const gathered = [corpusCases(), corpusCases(undefined, 'mlmodel')];
  const cases = gathered.flatMap((one) => one.cases);
  if (cases.length === 0) return `skipped: ${gathered.flatMap((one) => one.skipped).join()}`;
  const short = cases.filter(({ text }) => text.length < longestFile);
  const waits: number[] = [];
  while (waits.length < count && findings.wrong.size === 0) {
    const picked = short[random.below(short.length)];
    if (!picked) break;
    const editing = await Editing.start(fileOf(picked), findings);
    try {
      for (let edit = 0; edit < editsInFile && waits.length < count; edit++)
        waits.push(await editOnce(editing, random));
    } finally {
      editing.stop();
    }
  }
  return concludeWaits(waits, isTimed, findings);
}

function fileOf({ kind, text }: AgreeCase): EditedFile {
  const names = {
    mlproject: 'MLproject',
    python_env: 'python_env.yaml',
    conda: 'conda.yaml',
    mlmodel: 'MLmodel',
    saved: 'MLmodel',
  } as const;
  return { name: names[kind], text };
}

async function editOnce(editing: Editing, random: Random): Promise<number> {
  const { length } = editing.text;
  const isNear = random.below(3) > 0;
  const at = isNear
    ? Math.min(length, Math.max(0, editing.caret - 20 + random.below(40)))
    : random.below(length + 1);
  const gone = random.below(3) === 0 ? random.below(random.below(8) === 0 ? 200 : 10) : 0;
  const token =
    random.below(3) === 0 ? spaces[random.below(spaces.length)] : tokens[random.below(tokens.length)];
  const ms = await editing.replace(at, at + gone, token ?? '');
  await editing.askEverything(random.below(editing.text.length + 1));
  await editing.compareWithFresh();
  return ms;
}

function concludeWaits(waits: readonly number[], isTimed: boolean, findings: Findings): string {
  const sorted = waits.toSorted((a, b) => a - b);
  const [half, most] = [0.5, 0.99].map((share) => sorted[Math.floor(sorted.length * share)] ?? 0);
  if (isTimed && (most ?? 0) > longestEdit) findings.add('prompt', `p99 ${most?.toFixed(1)} ms`);
  return `edit to diagnostics p50 ${half?.toFixed(1)} ms, p99 ${most?.toFixed(1)} ms`;
}
