import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { findCaretPlace } from '../documents/caretPlace';
import type { FileReader } from '../files';
import type { ServerSettings } from '../settings';
import { completeCommand } from './completion/completeCommand';
import { completeEntryPoints } from './completion/completeEntryPoints';
import { completeCondaEnv, completePythonEnv, packageDrafts } from './completion/completeEnvironments';
import { completeKeys } from './completion/completeKeys';
import { completeModel } from './completion/completeModel';
import {
  completeDefault,
  completeParameterNames,
  completeTypes,
  pathDrafts,
} from './completion/completeParameters';
import { type Caret, type Draft, toItem } from './completion/draft';
import { entryPointAt } from './entryPointAt';
import type { MlprojectDocument, OpenDocument } from './openDocument';
import type { ProjectFacts } from './projectFacts';

/** After these a client asks by itself. */
export const completionTriggers = ['{', '/', '-', ' ', '"'] as const;

/**
 * What can stand at an offset. The place is told by the text around it, so that half-typed documents have completions too and
 * long ones cost no more. Items have snippets with tab stops; all replace text on the caret's line only.
 */
export async function complete(
  document: OpenDocument,
  offset: number,
  facts: ProjectFacts,
  files: FileReader,
  settings: ServerSettings,
): Promise<CompletionItem[]> {
  const place = findCaretPlace(document.text, document.lines, offset);
  if (!place) return [];
  const caret: Caret = { document, offset, place, facts, files, settings };
  return withoutRepeats(await draftsFor(caret)).map((draft, index) => toItem(caret, draft, index));
}

/** The same for a client that knows no snippets: with what the tab stops hold, or the first of their choices. */
export function withoutSnippets(items: readonly CompletionItem[]): CompletionItem[] {
  return items.map((item) => {
    const { textEdit, insertTextFormat } = item;
    if (!textEdit || insertTextFormat !== InsertTextFormat.Snippet) return item;
    const newText = textEdit.newText
      .replace(
        /\$(?:\d|\{\d:((?:\\.|[^\\}])*)\}|\{\d\|([^,|]*)[^|]*\|\})/g,
        (_, held?: string, first?: string) => held ?? first ?? '',
      )
      .replace(/\\([\\$}])/g, '$1');
    return { ...item, textEdit: { ...textEdit, newText }, insertTextFormat: InsertTextFormat.PlainText };
  });
}

function draftsFor(caret: Caret): Promise<readonly Draft[]> {
  const { document } = caret;
  switch (document.kind) {
    case 'mlproject':
      return completeMlproject({ ...caret, document });
    case 'mlmodel':
      return completeModel({ ...caret, document });
    case 'requirements':
      return Promise.resolve([]);
    case 'pythonEnv':
      return completePythonEnv(caret);
    case 'condaEnv':
      return completeCondaEnv(caret);
  }
}

async function completeMlproject(caret: Caret<MlprojectDocument>): Promise<readonly Draft[]> {
  const { path, at } = caret.place;
  if (path[0] === 'entry_points') return completeInEntryPoints(caret);
  if (at === 'key') {
    if (path.length === 0) return completeKeys(caret, 'project');
    if (path.length > 1) return [];
    if (path[0] === 'docker_env') return completeKeys(caret, 'dockerEnv');
    return path[0] === 'databricks_spark_job' ? completeKeys(caret, 'sparkJob') : [];
  }
  switch (path.join('.')) {
    case 'python_env':
    case 'conda_env':
      return pathDrafts(caret, (name) => /\.ya?ml$/.test(name));
    case 'databricks_spark_job.python_file':
      return pathDrafts(caret, (name) => name.endsWith('.py'));
    case 'databricks_spark_job.python_libraries.-':
      return packageDrafts(caret, '==');
    default:
      return [];
  }
}

/** `entry_points.main.parameters.lr.type` and above. */
async function completeInEntryPoints(caret: Caret<MlprojectDocument>): Promise<readonly Draft[]> {
  const { path, at } = caret.place;
  const [, name, field, parameter, key] = path;
  const entryPoint = () => entryPointAt(caret.document.model, name, caret.offset);
  if (at === 'key') {
    if (path.length === 1) return completeEntryPoints(caret);
    if (path.length === 2) return completeKeys(caret, 'entryPoint');
    if (field !== 'parameters' || path.length > 4) return [];
    return parameter === undefined
      ? completeParameterNames(caret, entryPoint())
      : completeKeys(caret, 'parameter');
  }
  if (field === 'command' && path.length === 3) return completeCommand(caret, entryPoint());
  if (field !== 'parameters' || parameter === undefined || path.length > 5) return [];
  if (key === undefined) return completeTypes(caret, true);
  if (key === 'type') return completeTypes(caret, false);
  return key === 'default' ? completeDefault(caret, entryPoint(), parameter) : [];
}

function withoutRepeats(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Set<string>();
  return drafts.filter(({ label }) => {
    const isNew = !seen.has(label);
    seen.add(label);
    return isNew;
  });
}
