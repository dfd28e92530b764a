import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { type CaretPlace, findCaretPlace } from '../documents/caretPlace';
import type { EntryPoint } from '../documents/mlprojectModel';
import { touches } from '../documents/textRange';
import { decodedOffset, sourceRange } from '../documents/yamlRead';
import { withoutQuotes } from '../documents/yamlLine';
import type { FileReader } from '../files';
import { findKey, type Place } from '../knowledge/keys';
import { entryPointAt } from './entryPointAt';
import { commandHover, entryPointHover, fieldAt, optionAt, optionHover } from './hovering/commandHover';
import { fileHover } from './hovering/fileHover';
import { tellModel } from './hovering/modelHover';
import { parameterHover } from './hovering/parameterHover';
import type { Told } from './hovering/told';
import { keyDoc, typeDoc } from './keyDoc';
import { codeSpan } from './markdown';
import { isEnvironment, type MlprojectDocument, type OpenDocument, toRange } from './openDocument';
import type { ProjectFacts } from './projectFacts';

/** What stands at an offset: a key's meaning, a parameter, how a command comes out, what an environment file holds. */
export async function hover(
  document: OpenDocument,
  offset: number,
  facts: ProjectFacts,
  files: FileReader,
): Promise<Hover | undefined> {
  const told = await tell(document, offset, facts, files);
  if (told?.markdown === undefined || !touches(told.range, offset)) return undefined;
  const contents = { kind: MarkupKind.Markdown, value: told.markdown };
  return { contents, range: toRange(document, told.range) };
}

async function tell(
  document: OpenDocument,
  offset: number,
  facts: ProjectFacts,
  files: FileReader,
): Promise<Told | undefined> {
  const place = findCaretPlace(document.text, document.lines, offset);
  if (document.kind === 'mlmodel') return tellModel(document, place, offset, facts, files);
  if (!place) return undefined;
  if (document.kind === 'mlproject') return tellProject(document, place, offset, facts, files);
  return isEnvironment(document) ? tellKey(document, place, document.kind) : undefined;
}

async function tellProject(
  document: MlprojectDocument,
  place: CaretPlace,
  offset: number,
  facts: ProjectFacts,
  files: FileReader,
): Promise<Told | undefined> {
  const { path, at, range } = place;
  const [first, name] = path;
  if (first === 'entry_points' && (path.length > 1 || at === 'key')) {
    const key = name ?? wordOf(document, place);
    const entryPoint = entryPointAt(document.model, key, offset);
    return entryPoint && tellEntryPoint(document, entryPoint, place, offset, facts);
  }
  if (at === 'value' && path.length === 1 && (first === 'python_env' || first === 'conda_env'))
    return { markdown: await fileHover(wordOf(document, place), 'yaml', 'the project', facts, files), range };
  const places: Readonly<Record<string, Place>> = {
    docker_env: 'dockerEnv',
    databricks_spark_job: 'sparkJob',
  };
  const owner = first === undefined ? 'project' : path.length === 1 ? places[first] : undefined;
  return owner && tellKey(document, place, owner);
}

function wordOf({ text }: OpenDocument, { range }: CaretPlace): string {
  return withoutQuotes(text.slice(range.start, range.end));
}

function tellKey(document: OpenDocument, place: CaretPlace, owner: Place): Told | undefined {
  const key = place.at === 'key' ? findKey(owner, wordOf(document, place)) : undefined;
  return key && { markdown: keyDoc(key), range: place.range };
}

function tellEntryPoint(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  place: CaretPlace,
  offset: number,
  facts: ProjectFacts,
): Told | undefined {
  const { path, at, range } = place;
  const { yaml } = document.model;
  if (path.length === 1) return { markdown: entryPointHover(yaml, entryPoint), range };
  if (path.length === 2) {
    const told = at === 'key' ? tellKey(document, place, 'entryPoint') : undefined;
    const command = wordOf(document, place) === 'command' ? commandHover(yaml, entryPoint) : undefined;
    return (
      told && {
        ...told,
        markdown: [told.markdown, command].filter((one) => one !== undefined).join('\n\n---\n\n'),
      }
    );
  }
  if (path[2] === 'command' && path.length === 3)
    return tellCommand(document, entryPoint, place, offset, facts);
  return path[2] === 'parameters' ? tellParameter(document, entryPoint, place, facts) : undefined;
}

function tellParameter(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  place: CaretPlace,
  facts: ProjectFacts,
): Told | undefined {
  const { path, at, range } = place;
  const key = path[3] ?? wordOf(document, place);
  const parameter = entryPoint.parameters.findLast(({ name }) => name === key);
  if (!parameter || path.length > 5) return undefined;
  if (at === 'key' && path.length === 4) return tellKey(document, place, 'parameter');
  const isType = at === 'value' && (path.length === 4 || path[4] === 'type');
  const markdown = isType ? typeDoc(wordOf(document, place)) : undefined;
  return { markdown: markdown ?? parameterHover(document, entryPoint, parameter, facts), range };
}

/** A placeholder, an option of the script, or the whole command. */
function tellCommand(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  { range }: CaretPlace,
  offset: number,
  facts: ProjectFacts,
): Told | undefined {
  const { command } = entryPoint;
  const at = command && decodedOffset(command.node, offset);
  if (!command || at === undefined) return undefined;
  const field = fieldAt(command, at);
  if (field) {
    const parameter = entryPoint.parameters.findLast(({ name }) => name === field.name);
    const markdown = parameter
      ? parameterHover(document, entryPoint, parameter, facts)
      : `${codeSpan(entryPoint.name)} declares no parameter ${codeSpan(field.name)}.`;
    return { markdown, range: sourceRange(command.node, field.range) };
  }
  const option = optionAt(command, at, facts);
  const told = option && optionHover(option);
  return option && told !== undefined
    ? { markdown: told, range: sourceRange(command.node, option.name) }
    : { markdown: commandHover(document.model.yaml, entryPoint), range };
}
