import { templateFields } from '../../documents/commandTemplate';
import { findMissingOptions, parametersFor, wordsFor } from '../../documents/entryPointSkeleton';
import type { EntryPoint } from '../../documents/mlprojectModel';
import { readScriptWords, type ScriptWords } from '../../documents/passedOptions';
import { type MissingOption, missingRequired } from '../../documents/requiredOptions';
import type { TextRange } from '../../documents/textRange';
import { sourceRange } from '../../documents/yamlRead';
import { findScripts, type FoundScript } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { type Edit, insertAt, type TextFix } from '../textEdits';
import { declareParameters } from './parameterEdits';

/** Passes the options that a script of the command has and gets nothing for, and declares the parameters that there are not. */
export function addMissingOptions(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  { scripts }: ProjectFacts,
): readonly TextFix[] {
  const { command } = entryPoint;
  const used = command ? templateFields(command.template).map(({ name }) => name) : [];
  return findScripts(command?.text ?? '', scripts).flatMap((found) => {
    const words = readScriptWords(found.words, found.script);
    const depth = words.path.length - 1;
    const missing = findMissingOptions(words, used).map((option) => ({ option, depth }));
    const edits = passOptions(document, entryPoint, found, words, missing);
    return edits.length > 0 ? [{ title: `Add ${optionsOf(found, missing)}`, edits }] : [];
  });
}

/** The same for what the script that is named in a stretch of the command stops without. */
export function addRequiredOptions(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  range: TextRange,
  { scripts }: ProjectFacts,
): TextFix | undefined {
  const { command } = entryPoint;
  const found = findScripts(command?.text ?? '', scripts).find(
    ({ word }) => command && sourceRange(command.node, word).start === range.start,
  );
  if (!found) return undefined;
  const words = readScriptWords(found.words, found.script);
  const missing = missingRequired(words, found.script);
  const edits = passOptions(document, entryPoint, found, words, missing);
  return edits.length > 0 ? { title: `Pass ${optionsOf(found, missing)}`, edits } : undefined;
}

function optionsOf({ path }: FoundScript, missing: readonly MissingOption[]): string {
  return `${missing.length === 1 ? '1 option' : `${missing.length} options`} of ${path}`;
}

/** None where the parameters are brought in from elsewhere. */
function passOptions(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  found: FoundScript,
  words: ScriptWords,
  missing: readonly MissingOption[],
): readonly Edit[] {
  const { command, parameters } = entryPoint;
  const declared = new Set(parameters.map(({ name }) => name));
  const fresh = parametersFor(missing.map(({ option }) => option)).filter(({ name }) => !declared.has(name));
  const declaration = fresh.length > 0 ? declareParameters(document, entryPoint, fresh) : undefined;
  if (!command || (fresh.length > 0 && !declaration)) return [];
  const { end } = sourceRange(command.node, found.words.at(-1) ?? found.word);
  const passing = missing.map(({ option, depth }) => {
    // Behind its own options begins the next command.
    const next = words.path[depth + 1]?.word;
    const written = wordsFor(option);
    return next
      ? insertAt(sourceRange(command.node, next).start, `${written} `)
      : insertAt(end, ` ${written}`);
  });
  return [...(declaration ? [declaration] : []), ...passing];
}
