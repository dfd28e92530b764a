import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project that gives every feature of the server something to say. */
export const featureProject = `nmae: a
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: path}
    command:  python train.py {alpha} {data} {alpha}
`;

/** The project with what it names, in a new folder, whose path is given. */
export async function writeFeatureProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
  const files = {
    MLproject: featureProject,
    'train.py': 'print("trains")\n',
    'python_env.yaml': 'python: "3.11"\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Where a caret stands, behind the first letter of the words. */
export function caretAt(words: string): { readonly line: number; readonly character: number } {
  const before = featureProject.slice(0, featureProject.indexOf(words) + 1).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** What each feature must say of it, among other things, in a few words that both VS Code's and the protocol's answers give. */
export const expectedAnswers = {
  diagnostics: ['mlproject.unknown-key'],
  completion: ['{data}'],
  hover: ['`float`'],
  definition: ['line 5'],
  references: ['line 5', 'line 7'],
  highlights: ['line 5', 'line 7'],
  rename: ['line 5: rate', 'line 7: rate'],
  links: ['train.py', 'python_env.yaml'],
  symbols: ['entry_points', 'main', 'alpha', 'data'],
  folding: ['2–7', '3–7'],
  selection: ['7–7', '3–7'],
  tokens: ['coloured'],
  hints: ['required'],
  formatting: ['line 7'],
  actions: ['line 0: name'],
  lenses: ['Run', 'Run with…', 'Debug'],
} as const;

export type FeatureName = keyof typeof expectedAnswers;
export type AskFeature = () => PromiseLike<readonly string[]>;

/** The parts of an answer that VS Code and the protocol call the same. */
export interface Placed {
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

export function lineOf({ range }: Placed): string {
  return `line ${String(range.start.line)}`;
}

export function linesOf({ range }: Placed): string {
  return `${String(range.start.line)}–${String(range.end.line)}`;
}

interface Named {
  readonly name: string;
  readonly children?: readonly Named[];
}

/** Of symbols and all that is in them. */
export function namesOf(symbols: readonly Named[]): readonly string[] {
  return symbols.flatMap(({ name, children = [] }) => [name, ...namesOf(children)]);
}

/** A selection's range and all that it grows to. */
export function widening<Range extends { readonly parent?: Range }>(range: Range): readonly Range[] {
  return [range, ...(range.parent ? widening(range.parent) : [])];
}
