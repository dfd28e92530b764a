import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { diagnose } from '../../language-server/features/diagnose';
import type { OpenDocument } from '../../language-server/features/openDocument';
import { noFacts, type ProjectFacts } from '../../language-server/features/projectFacts';
import { parseDocument } from '../../language-server/parseDocument';
import { defaultSettings } from '../../language-server/settings';
import { type AgreeCase, askMlflow, type CaseKind, type Verdict } from './askMlflow';

/** How often MLflow's verdict and ours met. */
export interface Confusion {
  readonly bothReject: number;
  readonly bothAccept: number;
  /** MLflow rejects, and we have no error. */
  readonly missed: readonly Disagreement[];
  /** We have an error, and MLflow accepts and runs. */
  readonly wronged: readonly Disagreement[];
  /** Only errors of what MLflow loads, and is to die of when it is used. */
  readonly onUse: readonly Disagreement[];
  /** The diagnostics on files that MLflow accepts, by severity and code. */
  readonly found: ReadonlyMap<string, readonly Finding[]>;
}

export interface Finding {
  readonly name: string;
  /** The line that it is on. */
  readonly line: string;
  readonly message: string;
}

export interface Disagreement {
  readonly name: string;
  readonly text: string;
  readonly mlflow: string | null;
  readonly ours: readonly string[];
}

/** MLflow's verdict and ours on each case, of every group. */
export async function compareVerdicts(
  groups: readonly (readonly AgreeCase[])[],
): Promise<readonly Confusion[]> {
  const verdicts = await askMlflow(groups.flat());
  let next = 0;
  return groups.map((cases) => compareGroup(cases, verdicts.slice(next, (next += cases.length))));
}

function compareGroup(cases: readonly AgreeCase[], verdicts: readonly Verdict[]): Confusion {
  const found = new Map<string, Finding[]>();
  const missed: Disagreement[] = [];
  const wronged: Disagreement[] = [];
  const onUse: Disagreement[] = [];
  let [bothReject, bothAccept] = [0, 0];
  for (const [index, one] of cases.entries()) {
    const verdict = verdicts[index];
    if (!verdict) throw new Error(`no verdict on ${one.name}`);
    const diagnostics = diagnoseCase(one, verdict);
    const isRejected = verdict.error !== null;
    if (!isRejected) for (const diagnostic of diagnostics) addFinding(found, one, diagnostic);
    const errors = diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);
    if (isRejected === errors.length > 0) {
      if (isRejected) bothReject++;
      else bothAccept++;
      continue;
    }
    const isOnUse = one.kind === 'mlmodel' && errors.every(({ code }) => errorsOnUse.has(String(code)));
    (isRejected ? missed : isOnUse ? onUse : wronged).push(disagreementOn(one, verdict, errors));
  }
  return { bothReject, bothAccept, missed, wronged, onUse, found };
}

/** What MLflow loads as the description of a model, and dies of when it loads the model itself. */
const errorsOnUse: ReadonlySet<string> = new Set([
  'mlmodel.no-flavors',
  'mlmodel.flavor-shape',
  'mlmodel.missing-key',
  'mlmodel.missing-file',
  'mlmodel.predict-function',
  'mlmodel.python-version',
]);

function disagreementOn(
  { name, text }: AgreeCase,
  { error }: Verdict,
  errors: readonly Diagnostic[],
): Disagreement {
  return {
    name,
    text,
    mlflow: error,
    ours: errors.map(({ code, message }) => `${code}: ${textOf(message)}`),
  };
}

function addFinding(found: Map<string, Finding[]>, one: AgreeCase, diagnostic: Diagnostic): void {
  const { code, severity = DiagnosticSeverity.Error, message, range } = diagnostic;
  const name = `${['', 'error', 'warning', 'information', 'hint'][severity]} ${code}`;
  const line = one.text.split(/\r\n|\r|\n/)[range.start.line] ?? '';
  const finding = { name: one.name, line: line.trim(), message: textOf(message) };
  found.set(name, [...(found.get(name) ?? []), finding]);
}

export function textOf(message: Diagnostic['message']): string {
  return typeof message === 'string' ? message : message.value;
}

function diagnoseCase({ kind, text }: AgreeCase, { exists }: Verdict): readonly Diagnostic[] {
  const none = noFacts('file:///project/');
  const files = Object.entries(exists).map(
    ([path, isThere]) =>
      [path, { uri: `file:///project/${encodeURI(path)}`, kind: isThere ? 'file' : 'missing' }] as const,
  );
  const facts: ProjectFacts = { ...none, files: new Map(files) };
  return diagnose(openText(kind, text), facts, defaultSettings);
}

const places = {
  mlproject: ['file:///project/MLproject', 'mlproject'],
  python_env: ['file:///project/python_env.yaml', 'pythonEnv'],
  conda: ['file:///project/conda.yaml', 'condaEnv'],
  mlmodel: ['file:///project/MLmodel', 'mlmodel'],
  saved: ['file:///project/MLmodel', 'mlmodel'],
} as const;

/** A document as the server holds it. */
export function openText(kind: CaseKind, text: string): OpenDocument {
  const [uri, documentKind] = places[kind];
  return parseDocument(uri, documentKind, text);
}
