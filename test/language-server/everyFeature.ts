/** A project that gives every feature of the server something to say. Beside it lie `train.py` and `python_env.yaml`. */
export const featureProject = `nmae: a
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: path}
    command:  python train.py {alpha} {data} {alpha}
`;

export const featureScript = 'print("trains")\n';
export const featureEnvironment = 'python: "3.11"\n';

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
