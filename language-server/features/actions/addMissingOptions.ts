import { readCommandCalls } from '../../documents/commandCalls';
import { findMissingOptions, parameterFor, wordsFor } from '../../documents/entryPointSkeleton';
import type { EntryPoint } from '../../documents/mlprojectModel';
import { sourceRange } from '../../documents/yamlRead';
import { scriptPath } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { insertAt } from '../textEdits';
import { declareParameters } from './parameterEdits';
import type { TextFix } from './quickFixEdits';

/** Declares the options that the script of a command has and the entry point lacks, and passes them on. */
export function addMissingOptions(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  { scripts }: ProjectFacts,
): readonly TextFix[] {
  const { command, parameters } = entryPoint;
  if (!command) return [];
  const names = parameters.map(({ name }) => name);
  return readCommandCalls(command.text).flatMap((call) => {
    if (call.kind !== 'script' && call.kind !== 'module') return [];
    const path = scriptPath(call);
    const script = path === undefined ? undefined : scripts.get(path);
    if (!script || script.commands.length > 0) return [];
    const missing = findMissingOptions(script, names, command.text);
    const declaration = declareParameters(document, entryPoint, missing.map(parameterFor));
    if (missing.length === 0 || !declaration) return [];
    const last = call.words.at(-1) ?? (call.kind === 'script' ? call.path : call.name);
    const { end } = sourceRange(command.node, last);
    const options = missing.length === 1 ? '1 option' : `${missing.length} options`;
    return [
      {
        title: `Add ${options} of ${path}`,
        edits: [declaration, insertAt(end, missing.map((option) => ` ${wordsFor(option)}`).join(''))],
      },
    ];
  });
}
