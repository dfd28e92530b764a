import { equal, ok } from 'node:assert/strict';
import type { CodeAction, Range } from 'vscode-languageserver-types';
import { type ActionContext, listCodeActions } from '../../../language-server/features/codeActions';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { noFacts, type ProjectFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings } from '../../../language-server/settings';
import { applyTo, openText, projectFolder } from './openText';

export const nothingKnown = noFacts(projectFolder);
export const contextOf = (facts: ProjectFacts): ActionContext => ({
  facts,
  settings: defaultSettings,
  changesFiles: true,
});

function wholeRange({ text, lines }: OpenDocument): Range {
  return { start: { line: 0, character: 0 }, end: lines.positionAt(text.length) };
}

export function actionsOf(document: OpenDocument, context: ActionContext): readonly CodeAction[] {
  return listCodeActions(document, wholeRange(document), context);
}

/** The text after the action of this title. */
export function after(document: OpenDocument, title: string, facts = nothingKnown): string {
  const actions = actionsOf(document, contextOf(facts));
  const action = actions.find((one) => one.title === title);
  ok(action?.edit, `"${title}" is not among: ${actions.map((one) => one.title).join(', ')}`);
  return applyTo(document, action.edit);
}

/** An entry point `main` with this inside, and what it becomes. */
export function fixesEntryPoint(before: string, title: string, fixed: string, facts?: ProjectFacts): void {
  const whole = (inside: string) => `entry_points:\n  main:\n${inside}`;
  equal(after(openText(whole(before)), title, facts), whole(fixed));
}
