import { type ProjectCall, readCommandCalls } from '../../documents/commandCalls';
import type { Command, EntryPoint } from '../../documents/mlprojectModel';
import { sourceRange } from '../../documents/yamlRead';
import type { YamlDocument } from '../../documents/yamlTree';
import { didYouMean, nearestWord } from '../../knowledge/didYouMean';
import { checkFolder, checkScriptCall } from './checkScriptCall';
import type { Fault } from './fault';
import { replaceBy } from './quickFix';
import type { Surroundings } from './surroundings';

/** What a command runs, beside the scripts and the entry points that there are. */
export function checkCalls(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  command: Command,
  around: Surroundings,
): readonly Fault[] {
  const checked = { yaml, entryPoint, command };
  return readCommandCalls(command.text).flatMap((call, index, calls) => {
    switch (call.kind) {
      case 'script':
      case 'module':
        return checkScriptCall(checked, call, index === calls.length - 1, around);
      case 'folder':
        // What ran before may have made it.
        return calls.slice(0, index).every(({ kind }) => kind === 'folder')
          ? checkFolder(checked, call, around)
          : [];
      case 'project':
        return checkProjectCall(command, call, around);
      case 'other':
        return [];
    }
  });
}

/** `mlflow run . -e other -P name=value`, of this very project. */
function checkProjectCall(command: Command, call: ProjectCall, around: Surroundings): readonly Fault[] {
  const { uri, entryPoint, directory } = call;
  const isThisProject = uri && directory === '' && uri.isLiteral && /^(\.\/?)$/.test(uri.text);
  if (!isThisProject) return [];
  const name = entryPoint?.text ?? 'main';
  if (/[{}$`]/.test(name)) return [];
  if (around.hasEntryPoint(name)) return checkParameters(command, call, name, around);
  if (/\.(py|sh|R)$/.test(name)) return [];
  const near = entryPoint && nearestWord(name, around.entryPointNames().split('\n'));
  return [
    {
      code: 'mlproject.unknown-entry-point',
      range: sourceRange(command.node, entryPoint ?? uri),
      message: `This project has no entry point \`${name}\`.${didYouMean(near)}`,
      ...replaceBy(near),
    },
  ];
}

/** What an entry point is given that it does not take, and what it is not given that it needs. */
function checkParameters(
  { node }: Command,
  { uri, entryPoint, parameters }: ProjectCall,
  name: string,
  around: Surroundings,
): readonly Fault[] {
  const given = parameters.map((parameter) => parameter.name);
  const isOpen = given.some(({ text }) => /[{}$`]/.test(text));
  const refused = given.filter(({ text }) => !isOpen && around.parameterFate(name, text) === 'refused');
  const needed = around.requiredParameters(name).split('\n');
  const missing = isOpen ? [] : needed.filter((one) => one !== '' && !given.some(({ text }) => text === one));
  const place = entryPoint ?? uri;
  return [
    ...refused.map((piece): Fault => {
      const near = nearestWord(piece.text, needed);
      const message = `\`${name}\` declares no parameter \`${piece.text}\`, and its script no option of that name.${didYouMean(near)}`;
      const range = sourceRange(node, piece);
      return { code: 'mlproject.undeclared-option', range, message, ...replaceBy(near) };
    }),
    ...(missing.length > 0 && place ? [missingParameters(missing, name, sourceRange(node, place))] : []),
  ];
}

function missingParameters(missing: readonly string[], name: string, range: Fault['range']): Fault {
  const names = missing.map((one) => `\`${one}\``).join(', ');
  const message = `\`${name}\` must be given ${names}: MLflow stops with "No value given for missing parameters".`;
  return { code: 'mlproject.missing-parameter', range, message };
}
