import { templateFields } from '../../documents/commandTemplate';
import { findMissingOptions, parameterFor, writeParameter } from '../../documents/entryPointSkeleton';
import type { EntryPoint } from '../../documents/mlprojectModel';
import { readScriptWords } from '../../documents/passedOptions';
import type { ScriptOption } from '../../documents/python/scriptOptions';
import { writeYamlNumber, writeYamlString } from '../../documents/yamlWrite';
import { findScripts } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import { parameterTypes } from '../../knowledge/parameterTypes';
import { typeDoc } from '../keyDoc';
import { escapeMarkdown } from '../markdown';
import { completePaths } from './completePaths';
import { type Caret, type Draft, snippetText } from './draft';

/** Parameters to declare: those that the command uses and nobody declares, and those of its script's options. */
export function completeParameterNames(
  caret: Caret<MlprojectDocument>,
  entryPoint?: EntryPoint,
): readonly Draft[] {
  const { hasColon } = caret.place;
  const siblings = caret.place.siblings();
  const known = new Map<string, Draft>();
  for (const option of optionsToDeclare(caret, entryPoint, siblings)) {
    const draft = optionParameter(option, hasColon);
    known.set(draft.label, draft);
  }
  for (const name of usedNames(entryPoint))
    if (!known.has(name)) known.set(name, usedParameter(name, hasColon));
  for (const name of siblings) known.delete(name);
  const another: Draft = {
    label: 'another parameter',
    kind: 'Snippet',
    snippet: '${1:name}: {type: ${2|string,float,int,path,uri|}, default: $3}',
    order: 6,
  };
  return hasColon ? [...known.values()] : [...known.values(), another];
}

function usedNames(entryPoint: EntryPoint | undefined): readonly string[] {
  const fields = entryPoint?.command ? templateFields(entryPoint.command.template) : [];
  return fields.filter(({ positional }) => !positional).map(({ name }) => name);
}

function usedParameter(name: string, hasColon: boolean): Draft {
  const base = { label: name, kind: 'Variable', detail: 'used by the command', order: 1 } as const;
  const key = writeYamlString(name);
  return hasColon
    ? { ...base, insert: key }
    : { ...base, snippet: `${snippetText(key)}: \${1|string,float,int,path,uri|}` };
}

function optionParameter(option: ScriptOption, hasColon: boolean): Draft {
  const parameter = parameterFor(option);
  return {
    label: parameter.name,
    kind: 'Variable',
    insert: hasColon ? parameter.name : writeParameter(parameter),
    detail: `option ${option.names[0] ?? option.dest} of the script`,
    ...(option.help !== undefined && { doc: escapeMarkdown(option.help) }),
  };
}

/** Options that the command already passes as placeholders, and those that it misses. */
function optionsToDeclare(
  caret: Caret<MlprojectDocument>,
  entryPoint: EntryPoint | undefined,
  declared: readonly string[],
): readonly ScriptOption[] {
  if (!entryPoint?.command) return [];
  const { text } = entryPoint.command;
  return findScripts(text, caret.facts.scripts).flatMap(({ words, script }) => {
    const read = readScriptWords(words, script);
    const options = read.path.flatMap(({ set }) => set.options);
    const used = options.filter((option) => text.includes(`{${parameterFor(option).name}}`));
    return [...used, ...findMissingOptions(read, declared)];
  });
}

/** The types; `asParameter` where a whole parameter may stand as well. */
export function completeTypes({ place: { inFlow } }: Caret, asParameter: boolean): readonly Draft[] {
  const types = parameterTypes.map(({ name, doc }): Draft => {
    return {
      label: name,
      kind: 'EnumMember',
      detail: doc.replaceAll('`', ''),
      doc: typeDoc(name) ?? doc,
      order: 1,
    };
  });
  const mapping: Draft = {
    label: '{type, default}',
    kind: 'Snippet',
    snippet: '{type: ${1|string,float,int,path,uri|}, default: $2}',
    detail: 'a parameter that need not be given',
  };
  return asParameter && !inFlow ? [...types, mapping] : types;
}

/** Values for a default: files of a path, and what the script's option of that name knows. */
export async function completeDefault(
  caret: Caret<MlprojectDocument>,
  entryPoint: EntryPoint | undefined,
  name: string,
): Promise<readonly Draft[]> {
  const parameter = entryPoint?.parameters.find((one) => one.name === name);
  const option = findScripts(entryPoint?.command?.text ?? '', caret.facts.scripts)
    .flatMap(({ words, script }) => readScriptWords(words, script).path.flatMap(({ set }) => set.options))
    .find((one) => parameterFor(one).name === name);
  const values = option ? optionValues(option) : [];
  const paths = parameter?.type === 'path' ? await pathDrafts(caret, () => true) : [];
  return [...values, ...paths];
}

function optionValues(option: ScriptOption): readonly Draft[] {
  const { default: value } = parameterFor(option);
  const choices = (option.choices ?? []).filter(
    (choice) => typeof choice === 'string' || typeof choice === 'number',
  );
  const all = new Set([...(value === undefined ? [] : [value]), ...choices]);
  return [...all].map((one) => ({
    label: String(one),
    insert: typeof one === 'number' ? writeYamlNumber(one) : writeYamlString(one),
    kind: 'Value',
    detail: one === value ? "the script's own default" : 'one of the choices of the script',
    order: one === value ? 1 : 2,
  }));
}

/** Paths of the project around the caret's value. */
export async function pathDrafts(
  caret: Caret,
  accepts: (name: string) => boolean,
): Promise<readonly Draft[]> {
  const { document, offset, place, files, facts } = caret;
  const begun = document.text.slice(place.range.start, offset).replace(/^["']/, '');
  const found = await completePaths(files, facts.folderUri, '', begun, accepts);
  return found.map(({ path, isFolder }) => ({
    label: path,
    insert: writeYamlString(path),
    kind: isFolder ? 'Folder' : 'File',
    order: isFolder ? 6 : 4,
  }));
}
