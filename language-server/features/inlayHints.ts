import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver-types';
import type { MlprojectModel, Parameter } from '../documents/mlprojectModel';
import type { TextRange } from '../documents/textRange';
import { pythonString } from '../documents/yamlRead';
import type { ScalarNode, ValueNode, YamlDocument } from '../documents/yamlTree';
import type { ServerSettings } from '../settings';
import type { MlprojectDocument, OpenDocument } from './openDocument';
import type { ProjectFacts } from './projectFacts';

interface Hint {
  /** What it stands behind. */
  readonly end: number;
  readonly label: string;
  readonly tooltip: string;
}

/**
 * What a document means and does not say: which parameters must be given, which environment is taken where none is named, and
 * what YAML 1.1 makes of plain values.
 */
export function inlayHints(
  document: OpenDocument,
  range: Range,
  facts: ProjectFacts,
  settings: ServerSettings,
): InlayHint[] {
  if (!settings.inlayHints) return [];
  const { lines } = document;
  const shown = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return hintsIn(document, shown, facts)
    .filter(({ end }) => shown.start <= end && end <= shown.end)
    .map(({ end, label, tooltip }) => ({
      position: lines.positionAt(end),
      label,
      tooltip,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
}

function hintsIn(document: OpenDocument, shown: TextRange, facts: ProjectFacts): readonly Hint[] {
  switch (document.kind) {
    case 'mlproject':
      return [...environmentHints(document, facts), ...parameterHints(document.model, shown)];
    case 'pythonEnv': {
      const { yaml, python } = document.model;
      return python ? readingHints(yaml, python.value) : [];
    }
    case 'mlmodel':
    case 'condaEnv':
    case 'requirements':
      return [];
  }
}

/** In MLflow's order; nothing where the folder could not be read, or the project needs no environment. */
function environmentHints({ model, lines }: MlprojectDocument, { names }: ProjectFacts): readonly Hint[] {
  const [first] = model.fields;
  if (!first || model.environments.length > 0 || model.sparkJob || names.size === 0) return [];
  const found = ['python_env.yaml', 'conda.yaml'].find((name) => names.has(name));
  const tooltip =
    found === undefined
      ? 'No environment is named, and there is no python_env.yaml or conda.yaml: the command runs with the current version of Python.'
      : `No environment is named, so MLflow takes the ${found} beside the MLproject.`;
  const end = lines.lineEnd(lines.lineAt(first.key.range.start));
  return [{ end, label: `environment: ${found ?? 'current Python'}`, tooltip }];
}

function parameterHints({ yaml, entryPoints }: MlprojectModel, shown: TextRange): readonly Hint[] {
  return entryPoints
    .filter(({ field: { range, merged } }) => !merged && range.start <= shown.end && shown.start <= range.end)
    .flatMap(({ parameters }) => parameters)
    .filter(({ field }) => !field.merged && !field.overridden && field.written.kind !== 'alias')
    .flatMap((parameter) =>
      parameter.required ? requiredHints(yaml, parameter) : defaultHints(yaml, parameter),
    );
}

function requiredHints(yaml: YamlDocument, { field, shape }: Parameter): readonly Hint[] {
  if (shape === 'other') return [];
  const { start, end } = field.range;
  const isOneLine = !yaml.text.slice(start, end).includes('\n');
  const tooltip = 'No default: a run must be given a value with -P.';
  return [
    { end: isOneLine ? end : yaml.text.indexOf(':', field.key.range.end) + 1, label: 'required', tooltip },
  ];
}

/** A default that is written elsewhere is told of there. */
function defaultHints(yaml: YamlDocument, { defaultNode, defaultField }: Parameter): readonly Hint[] {
  const isHere = defaultField?.merged === false && defaultField.written.kind !== 'alias';
  return isHere ? readingHints(yaml, defaultNode) : [];
}

function readingHints(yaml: YamlDocument, node: ValueNode | undefined): readonly Hint[] {
  const reading =
    node?.kind === 'scalar' && node.style === 'plain' && !node.tag ? readingOf(yaml, node) : undefined;
  if (reading === undefined || !node) return [];
  const tooltip = `YAML 1.1 reads this as ${reading}. In quotes it is taken as it is written.`;
  return [{ end: node.range.end, label: `→ ${reading}`, tooltip }];
}

/** Undefined where a value is read as it is written. */
function readingOf(yaml: YamlDocument, node: ScalarNode): string | undefined {
  const { text, value } = node;
  if (value.type === 'str') return /^[-+]?[\d.][\d_.]*e[-+]?\d+$/i.test(text) ? 'text' : undefined;
  const read = pythonString(yaml, node);
  return read === text ? undefined : read.slice(0, 40);
}
