import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { type TextRange, touches } from '../documents/textRange';
import { parseDocument } from '../parseDocument';
import type { DiagnosticCode } from '../knowledge/diagnosticCodes';
import type { ServerSettings } from '../settings';
import { addMissingOptions } from './actions/addMissingOptions';
import { convertEnvironment, fileFix, type FileFix } from './actions/fileActions';
import { type Mendable, textFix, writeShellVariable } from './actions/quickFixEdits';
import { diagnose } from './diagnose';
import type { QuickFix } from './diagnostics/quickFix';
import { isEnvironment, type MlprojectDocument, type OpenDocument } from './openDocument';
import type { ProjectFacts } from './projectFacts';
import { applyEdits, composeEdits, disjointEdits, type Edit, type TextFix, toTextEdits } from './textEdits';

/** What actions rest on beside the document. */
export interface ActionContext {
  readonly facts: ProjectFacts;
  readonly settings: ServerSettings;
  /** The kinds that are asked for, `source.fixAll` and the like; any if absent. Source actions come only if asked for. */
  readonly only?: readonly string[];
  /** Of an MLproject the file of its environment, of an environment file its MLproject: without it nothing is converted. */
  readonly beside?: OpenDocument;
  /** Whether the client can make and rename files. */
  readonly changesFiles: boolean;
}

export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.SourceFixAll,
];

/** Each fix is tried before it is offered: of so many in one selection at most, of fewer in long documents, of none in the longest. */
const mostFixes = 10;
const mostCharacters = 1_000_000;

/**
 * Fixes that keep what MLflow does or are the only thing that can have been meant: these are made on save, if the user has
 * `source.fixAll` made.
 */
const safeFixes: ReadonlySet<string> = new Set<DiagnosticCode>([
  'mlproject.malformed-key',
  'mlproject.undocumented-type',
  'mlproject.dollar-placeholder',
  'mlproject.quoted-placeholder',
  'mlproject.docker-image-not-text',
  'python-env.shape',
  'python-env.requirement',
  'conda-env.requirement',
  'mlmodel.version-not-text',
  'mlmodel.python-version',
  'mlmodel.value-type',
]);

/** What a fix brings to light is fixed along, so many times: two are all that real files have needed. */
const mostRounds = 5;

/** Whether an action there may rest on the file beside the document: only then is it worth reading. */
export function needsBeside(document: OpenDocument, range: Range): boolean {
  return (
    isEnvironment(document) ||
    (document.kind === 'mlproject' && isByEnvironment(document, offsetsOf(document, { range })))
  );
}

/** What can be done about a stretch of a document. A fix is offered only if its diagnostic is gone once it is made. */
export function listCodeActions(
  document: OpenDocument,
  range: Range,
  context: ActionContext,
): readonly CodeAction[] {
  const isAsked = (kind: string) => context.only?.some((one) => `${kind}.`.startsWith(`${one}.`)) ?? true;
  const stretch = offsetsOf(document, { range });
  return [
    ...(isAsked(CodeActionKind.QuickFix) ? quickFixes(document, stretch, context) : []),
    ...(isAsked(CodeActionKind.RefactorRewrite) ? rewrites(document, stretch, context) : []),
    ...(context.only && isAsked(CodeActionKind.SourceFixAll) ? fixAll(document, context) : []),
  ];
}

function quickFixes(
  document: OpenDocument,
  stretch: TextRange,
  context: ActionContext,
): readonly CodeAction[] {
  const all = diagnose(document, context.facts, context.settings);
  const meant = all.filter((one) => one.data !== undefined && meets(stretch, offsetsOf(document, one)));
  return meant.slice(0, mostTried(document)).flatMap((diagnostic) => {
    const fault = mendable(document, diagnostic);
    const file = context.changesFiles ? fileFix(document, fault, context.facts) : undefined;
    const fixes = [textFix(document, fault, context.facts), writeShellVariable(document, fault)]
      .filter((fix) => fix !== undefined)
      .filter((fix) => mends(document, fix, diagnostic, all, context));
    const actions: readonly CodeAction[] = fixes.map((fix) => textAction(document, fix));
    return [...actions, ...(file ? [file] : [])].map((action, index) => ({
      ...action,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(index === 0 && { isPreferred: true }),
    }));
  });
}

function mostTried({ text }: OpenDocument): number {
  return Math.min(mostFixes, Math.floor(mostCharacters / (text.length + 1)));
}

/** Whether there is one such diagnostic less once the fix is made, and the YAML is no worse. */
function mends(
  document: OpenDocument,
  { edits }: TextFix,
  { code, message }: Diagnostic,
  before: readonly Diagnostic[],
  { facts, settings }: ActionContext,
): boolean {
  const fixed = edited(document, edits);
  if (fixed.model.yaml.errors.length > document.model.yaml.errors.length) return false;
  const isSame = (one: Diagnostic) => one.code === code && one.message === message;
  return diagnose(fixed, facts, settings).filter(isSame).length < before.filter(isSame).length;
}

function edited(document: OpenDocument, edits: TextFix['edits']): OpenDocument {
  const { uri, kind, text } = document;
  return parseDocument(uri, kind, applyEdits(text, disjointEdits(edits)), document);
}

function rewrites(document: OpenDocument, stretch: TextRange, context: ActionContext): readonly CodeAction[] {
  const options = document.kind === 'mlproject' ? missingOptions(document, stretch, context.facts) : [];
  const converted = context.changesFiles ? conversion(document, stretch, context) : undefined;
  const actions: readonly CodeAction[] = [
    ...options.map((fix) => textAction(document, fix)),
    ...(converted ? [converted] : []),
  ];
  return actions.map((action) => ({ ...action, kind: CodeActionKind.RefactorRewrite }));
}

function missingOptions(
  document: MlprojectDocument,
  stretch: TextRange,
  facts: ProjectFacts,
): readonly TextFix[] {
  const { entryPoints, yaml } = document.model;
  return entryPoints
    .filter(({ field }) => !field.merged && !field.overridden && meets(stretch, field.range))
    .slice(0, mostTried(document))
    .flatMap((entryPoint) => addMissingOptions(document, entryPoint, facts))
    .filter(({ edits }) => edited(document, edits).model.yaml.errors.length <= yaml.errors.length);
}

function conversion(
  document: OpenDocument,
  stretch: TextRange,
  { beside, facts }: ActionContext,
): FileFix | undefined {
  if (!beside) return undefined;
  if (isEnvironment(document) && beside.kind === 'mlproject')
    return convertEnvironment(beside, document, facts);
  return document.kind === 'mlproject' && isEnvironment(beside) && isByEnvironment(document, stretch)
    ? convertEnvironment(document, beside, facts)
    : undefined;
}

function isByEnvironment({ model }: MlprojectDocument, stretch: TextRange): boolean {
  return model.environments.some(({ field }) => meets(stretch, field.range));
}

/** All safe fixes, and those of what they bring to light, as one change. */
function fixAll(document: OpenDocument, context: ActionContext): readonly CodeAction[] {
  let edits: readonly Edit[] = [];
  let fixed = document;
  for (let round = 0; round < mostRounds; round++) {
    const more = safeEdits(fixed, context);
    const next = edited(fixed, more);
    if (more.length === 0 || next.model.yaml.errors.length > fixed.model.yaml.errors.length) break;
    edits = composeEdits(edits, more);
    fixed = next;
  }
  if (edits.length === 0) return [];
  return [{ ...textAction(document, { title: 'Fix all', edits }), kind: CodeActionKind.SourceFixAll }];
}

/** Of all safe fixes at once; where two meet, of the first. */
function safeEdits(document: OpenDocument, { facts, settings }: ActionContext): readonly Edit[] {
  const faults = diagnose(document, facts, settings)
    .filter(({ code, data }) => data !== undefined && safeFixes.has(String(code)))
    .map((diagnostic) => mendable(document, diagnostic));
  return disjointEdits(faults.flatMap((fault) => textFix(document, fault, facts)?.edits ?? []));
}

function textAction(document: OpenDocument, { title, edits }: TextFix): CodeAction {
  return { title, edit: { changes: { [document.uri]: toTextEdits(document, disjointEdits(edits)) } } };
}

/** `data` is a QuickFix: the diagnostics are our own, not the client's. */
function mendable(document: OpenDocument, diagnostic: Diagnostic): Mendable {
  return {
    code: diagnostic.code as DiagnosticCode,
    range: offsetsOf(document, diagnostic),
    fix: diagnostic.data as QuickFix,
  };
}

function offsetsOf({ lines }: OpenDocument, { range }: Pick<Diagnostic, 'range'>): TextRange {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

function meets(a: TextRange, b: TextRange): boolean {
  return touches(a, b.start) || touches(b, a.start);
}
