import { deepEqual, ok } from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { listCodeActions } from '../../../language-server/features/codeActions';
import { diagnose } from '../../../language-server/features/diagnose';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { noFacts } from '../../../language-server/features/projectFacts';
import { parseDocument } from '../../../language-server/parseDocument';
import { defaultSettings } from '../../../language-server/settings';
import { corpusCases, mutatedCases, probeCases } from '../../agree/cases';
import { modelWords, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { mlmodelRows } from './mlmodelRows';
import { applyTo, openCase, projectFolder } from './openText';

const nothingKnown = noFacts(projectFolder);
const context = { facts: nothingKnown, settings: defaultSettings, changesFiles: true };

describe('Every fix', () => {
  const own =
    "entry_points:\n  main:\n    parameters:\n      a: {type: str, default: on}\n      b: 3\n    command: run '{a}' ${HOME} {c}\n";

  it(`mends what it is for and breaks nothing (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const handwritten = { kind: 'mlproject', name: 'own', text: own, paths: [], create: [] } as const;
    const whole = [handwritten, ...corpusCases().cases, ...probeCases().cases];
    const cases = [...whole, ...mutatedCases(whole, 500, randomNumbers(testSeed))];
    const outcomes = cases.flatMap((one) => tryFixes(openCase(one)));
    deepEqual(
      outcomes.filter(({ wrong }) => wrong !== undefined).map(({ wrong }) => wrong),
      [],
    );
    const fixed = outcomes.filter(({ offered }) => offered > 0).length;
    ok(fixed / outcomes.length > 0.9, `${fixed} of ${outcomes.length} have a fix`);
  });
});

describe('Every fix of an MLmodel', () => {
  it(`mends what it is for and breaks nothing (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const marked = mlmodelRows.map(([, text]) => text.replace(/[«»]/g, ''));
    const rows = marked.map(
      (text, index) => ({ kind: 'mlmodel', name: `row ${index}`, text, paths: [], create: [] }) as const,
    );
    const whole = [...rows, ...probeCases('mlmodel').cases];
    const hidden = 'flavors: {sklearn: {pickled_model: a, serialization_format: pi0ckle}}\n';
    const handwritten = { kind: 'mlmodel', name: 'own', text: hidden, paths: [], create: [] } as const;
    const mutated = mutatedCases(whole, 500, randomNumbers(testSeed), modelWords);
    const cases = [...whole, handwritten, ...mutated];
    const outcomes = cases.flatMap((one) => tryFixes(openCase(one)));
    deepEqual(
      outcomes.filter(({ wrong }) => wrong !== undefined).map(({ wrong }) => wrong),
      [],
    );
    // Of mutations many have a fault that its fix would not end.
    const plain = whole.flatMap((one) => tryFixes(openCase(one)));
    const fixed = plain.filter(({ offered }) => offered > 0).length;
    ok(fixed / plain.length >= 0.9, `${fixed} of ${plain.length} have a fix`);
  });
});

describe('Fix all of real files', () => {
  it('leaves no more faults, and nothing to do a second time', () => {
    for (const one of corpusCases().cases) {
      let document = openCase(one);
      for (let times = 0; times <= 1; times++) {
        const end = document.lines.positionAt(document.text.length);
        const range = { start: { line: 0, character: 0 }, end };
        const [action] = listCodeActions(document, range, { ...context, only: ['source.fixAll'] });
        if (!action?.edit) break;
        ok(times < 1, `${one.name}:\n${document.text}`);
        const fixed = openCase({ ...one, text: applyTo(document, action.edit) });
        const faults = (of: OpenDocument) => diagnose(of, nothingKnown, defaultSettings).length;
        ok(faults(fixed) <= faults(document), `${one.name}:\n${document.text}\n---\n${fixed.text}`);
        document = fixed;
      }
    }
  });
});

/** Once these are mended, MLflow reads what it ignored, did not come to or knew by another name, whatever is wrong in it. */
const revealing = /key|unreachable|shape|item|several|environment|without|type|flavor|loader/;
/** Of a command Python tells the first fault alone. */
const ofCommand = /placeholder|shell-variable|undeclared|unused|format/;

interface Outcome {
  readonly offered: number;
  readonly wrong?: string;
}

/** Makes each fix of each diagnostic, alone. */
function tryFixes(document: OpenDocument): readonly Outcome[] {
  const before = diagnose(document, nothingKnown, defaultSettings);
  const mendable = before.filter(({ data }) => data !== undefined).slice(0, 10);
  return mendable.map((diagnostic): Outcome => {
    const actions = listCodeActions(document, diagnostic.range, context).filter(
      ({ diagnostics, edit }) => diagnostics?.[0]?.message === diagnostic.message && edit?.changes,
    );
    const wrong = actions
      .map((action) => faultOf(document, before, diagnostic, action))
      .find((one) => one !== undefined);
    return { offered: actions.length, ...(wrong !== undefined && { wrong }) };
  });
}

function faultOf(
  document: OpenDocument,
  before: readonly Diagnostic[],
  diagnostic: Diagnostic,
  { title, edit }: CodeAction,
): string | undefined {
  const fixed = parseDocument(document.uri, document.kind, edit ? applyTo(document, edit) : '');
  const now = diagnose(fixed, nothingKnown, defaultSettings);
  const added = now.filter((one) => count(now, one) > count(before, one)).map(({ code }) => String(code));
  const isLeft = count(now, diagnostic) >= count(before, diagnostic);
  const errors = document.model.yaml.errors.length;
  const isWorse = fixed.model.yaml.errors.length > errors;
  if (!isLeft && !isWorse && (errors > 0 || added.every((code) => mayReveal(String(diagnostic.code), code))))
    return undefined;
  const what = isLeft ? 'is still there' : `adds ${added.join(', ')}`;
  return `${String(diagnostic.code)} ${what} after "${title}":\n${document.text}\n---\n${fixed.text}`;
}

/** A hint of what code runs on loading tells of a model that can be loaded again, not of harm that a fix did. */
function mayReveal(mended: string, code: string): boolean {
  if (code === 'mlmodel.runs-code') return true;
  return revealing.test(mended) || (ofCommand.test(mended) && ofCommand.test(code));
}

function count(all: readonly Diagnostic[], { code, message }: Diagnostic): number {
  return all.filter((one) => one.code === code && one.message === message).length;
}
