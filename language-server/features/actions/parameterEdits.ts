import { type EntryPointParameter, parameterFor, writeParameter } from '../../documents/entryPointSkeleton';
import type { EntryPoint } from '../../documents/mlprojectModel';
import { readPassedOptions } from '../../documents/passedOptions';
import { findNode, type PairPlace } from '../../documents/yamlPlaces';
import type { Field, YamlNode } from '../../documents/yamlTree';
import { findScripts } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import type { Edit } from '../textEdits';
import { addBefore, addToValue, removePair } from './pairEdits';

/** Adds parameters behind those that an entry point has; undefined where they are brought in from elsewhere. */
export function declareParameters(
  document: MlprojectDocument,
  { parametersField, commandField }: EntryPoint,
  parameters: readonly EntryPointParameter[],
): Edit | undefined {
  const entries = parameters.map(writeParameter);
  if (parametersField) {
    const place = placeOf(document, parametersField);
    return place && addToValue(document, place, entries);
  }
  const place = commandField && placeOf(document, commandField);
  return place && addBefore(document, place, 'parameters', entries);
}

/** Takes a parameter out, and `parameters` with it if it was the only one. */
export function removeParameter(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  name: string,
): Edit | undefined {
  const field = entryPoint.parameters.find((one) => one.name === name && !one.field.overridden)?.field;
  const place = field && placeOf(document, field);
  const isOnly = place?.mapping.pairs.length === 1;
  const out = isOnly ? place.parent : place;
  return out && (out === place || !hidesAnother(out)) ? removePair(document, out) : undefined;
}

/** Whether an earlier key of the same name would count without this one. */
function hidesAnother({ mapping, pair: { key } }: PairPlace): boolean {
  const isSame = (other: YamlNode) =>
    other.kind === 'scalar' && key.kind === 'scalar' && other.text === key.text;
  return mapping.pairs.filter((one) => isSame(one.key)).length > 1;
}

/** What a parameter that a command uses is most likely: what the script's option says, else what its name does. */
export function guessParameter(
  { command }: EntryPoint,
  name: string,
  { scripts }: ProjectFacts,
): EntryPointParameter {
  for (const { words, script } of findScripts(command?.text ?? '', scripts)) {
    const passed = readPassedOptions(words, script).find(({ value }) => value?.text === `{${name}}`);
    if (passed?.match.kind === 'declared') return { ...parameterFor(passed.match.option), name };
  }
  return { name, type: typeByName(name) };
}

function typeByName(name: string): EntryPointParameter['type'] {
  const words = name.toLowerCase().split(/[^a-z\d]+|(?<=[a-z])(?=\d)/);
  const last = words.at(-1) ?? '';
  if (words.some((word) => /^(uri|url)$/.test(word))) return 'uri';
  if (/^(out|output|save|log|model)s?$/.test(words[0] ?? '')) return 'string';
  if (/^(path|file|dir|folder|csv|directory|filename)$/.test(last)) return 'path';
  return words.some((word) => numberWords.test(word)) ? 'float' : 'string';
}

const numberWords =
  /^(lr|alpha|beta|gamma|lambda|eps|epsilon|rate|ratio|fraction|num|n|number|count|size|epochs?|steps?|iter|iters|iterations|seed|state|depth|dim|dropout|momentum|decay|weight|threshold|max|min|batch|layers|units|estimators|trees|leaf|folds|workers|jobs|patience|k)$/;

export function placeOf({ model }: MlprojectDocument, { key }: Field): PairPlace | undefined {
  return findNode(model.yaml, key.range)?.place;
}
