import type { SyntaxNode } from '@lezer/common';
import { splitClickNames } from './clickParameter';
import { readContextSettings } from './contextSettings';
import { decoratedFunctions } from './decorated';
import { booleanKeyword, type CallArguments, defaultOf, readArguments, stringKeyword } from './keywords';
import { rangeOf, textOf } from './nodes';
import { emptySet, mergeSets } from './optionSets';
import { type AnnotatedType, type Parameter, parametersOf, readAnnotation } from './parameters';
import type { OptionSet, ScriptCommand, ScriptOption, ScriptOptions } from './scriptOptions';
import { calleeOf, methodOf, type PythonScript } from './syntax';
import { constantOf, stringValue, typeOfConstant } from './values';

/** One `typer.Typer()` of the script, by the name that it is given. */
interface App {
  readonly commands: ScriptCommand[];
  readonly settings: CallArguments;
  callback?: OptionSet;
  isPart: boolean;
  isDynamic: boolean;
}

/** The options of what the script runs with typer; undefined if it runs nothing. */
export function readTyper(script: PythonScript): ScriptOptions | undefined {
  const run = script.calls.find((call) => calleeOf(script, call) === 'typer.run');
  if (run) {
    const [target] = readArguments(script, run).positional;
    const definition = target && script.functions.get(textOf(script, target));
    const set = definition ? functionSet(script, definition) : { ...emptySet, isDynamic: true };
    return { framework: 'typer', ...set, leavingNames: ['--help'], acceptsPrefixes: false };
  }
  const apps = appsOf(script);
  if (apps.size === 0) return undefined;
  for (const call of script.calls) addPart(script, apps, call);
  const roots = [...apps.values()].filter(({ isPart }) => !isPart);
  const set = mergeSets(roots.map((app) => appSet(script, app)));
  return {
    framework: 'typer',
    ...set,
    isDynamic: set.isDynamic || roots.length !== 1,
    acceptsPrefixes: false,
  };
}

function appsOf(script: PythonScript): Map<string, App> {
  const apps = new Map<string, App>();
  for (const bindings of script.bindings.values()) {
    for (const one of bindings) {
      if (one.kind !== 'value' || calleeOf(script, one.value) !== 'typer.Typer') continue;
      const settings = readArguments(script, one.value);
      apps.set(textOf(script, one.at), {
        commands: [],
        settings,
        isPart: false,
        isDynamic: bindings.length > 1,
      });
    }
  }
  for (const { name, definition, decorators } of decoratedFunctions(script)) {
    for (const { node, callee } of decorators) {
      const [, owner = '', kind] = /^(.+)\.(command|callback)$/.exec(callee) ?? [];
      const app = apps.get(owner);
      if (!app) continue;
      const given = readArguments(script, node);
      const set = mergeSets([functionSet(script, definition), readContextSettings(script, given)]);
      if (kind === 'callback') app.callback = set;
      else
        app.commands.push({
          names: [commandName(script, given) ?? name.toLowerCase().replaceAll('_', '-')],
          range: rangeOf(definition),
          ...set,
        });
    }
  }
  return apps;
}

function commandName(script: PythonScript, given: CallArguments): string | undefined {
  return stringValue(script, given.positional[0]) ?? stringKeyword(script, given, 'name');
}

/** `app.add_typer(part, name='part')`, and commands that are added without a decorator. */
function addPart(script: PythonScript, apps: Map<string, App>, call: SyntaxNode): void {
  const method = methodOf(script, call);
  const owner = method && apps.get(textOf(script, method.object));
  if (!owner) return;
  if (method.name !== 'add_typer') {
    if (method.name !== 'run') owner.isDynamic = true;
    return;
  }
  const given = readArguments(script, call);
  const [first] = given.positional;
  const part = first && apps.get(textOf(script, first));
  const name = stringKeyword(script, given, 'name') ?? (part && stringKeyword(script, part.settings, 'name'));
  if (!part || part === owner || name === undefined) {
    owner.isDynamic = true;
    return;
  }
  part.isPart = true;
  const set = mergeSets([
    { ...emptySet, commands: part.commands, isDynamic: part.isDynamic },
    part.callback ?? readContextSettings(script, part.settings),
  ]);
  owner.commands.push({ names: [name], range: rangeOf(call), ...set });
}

/** An app of one command is that command. */
function appSet(script: PythonScript, app: App): OptionSet {
  const hasCompletion = booleanKeyword(script, app.settings, 'add_completion') !== false;
  const leavingNames = hasCompletion ? ['--install-completion', '--show-completion'] : [];
  const base: OptionSet = {
    ...emptySet,
    leavingNames,
    isDynamic: app.isDynamic || ['cls', 'chain'].some((name) => app.settings.keywords.has(name)),
  };
  const [only, more] = app.commands;
  if (only && !more && !app.callback && only.commands.length === 0) return mergeSets([only, base]);
  const own = app.callback ?? readContextSettings(script, app.settings);
  return mergeSets([{ ...base, commands: app.commands }, own]);
}

function functionSet(script: PythonScript, definition: SyntaxNode): OptionSet {
  const parameters = parametersOf(script, definition);
  const options = parameters.flatMap((one) => parameterOption(script, one) ?? []);
  return { ...emptySet, options, isDynamic: parameters.some(({ spread }) => spread !== undefined) };
}

function parameterOption(script: PythonScript, parameter: Parameter): ScriptOption | undefined {
  const annotated = readAnnotation(script, parameter.annotation);
  if (parameter.spread || /(^|\.)(Context|CallbackParam)$/.test(annotated.name ?? '')) return undefined;
  const inDefault = infoOf(script, parameter.default);
  const info =
    inDefault ?? annotated.metadata.map((node) => infoOf(script, node)).find((one) => one !== undefined);
  const given = info?.given.positional ?? [];
  const value = inDefault ? (given[0] ?? inDefault.given.keywords.get('default')) : parameter.default;
  const written = inDefault ? given.slice(1) : given;
  const isRequired = value === undefined || constantOf(script, value)?.kind === 'ellipsis';
  const isOption = info ? info.kind === 'Option' : parameter.default !== undefined;
  const names = written.map((node) => stringValue(script, node)).filter((one) => one !== undefined);
  const help = info && stringKeyword(script, info.given, 'help');
  return {
    ...(isOption
      ? optionNames(script, parameter, annotated, names, info?.given)
      : { kind: 'positional', names: [parameter.name] }),
    dest: parameter.name,
    type: parameter.annotation ? annotated.type : (typeOfConstant(constantOf(script, value)) ?? 'string'),
    ...(value && !isRequired && { default: defaultOf(script, value) }),
    ...(annotated.choices && { choices: annotated.choices }),
    required: isRequired && !info?.given.hasUnknownKeywords,
    multiple: annotated.multiple,
    ...(help !== undefined && { help }),
    range: parameter.range,
    nameRange: parameter.nameRange,
  };
}

function infoOf(
  script: PythonScript,
  node: SyntaxNode | undefined,
): { readonly kind: string; readonly given: CallArguments } | undefined {
  const match =
    node?.name === 'CallExpression'
      ? /^typer\.(?:params\.)?(Option|Argument)$/.exec(calleeOf(script, node) ?? '')
      : null;
  return node && match?.[1] !== undefined
    ? { kind: match[1], given: readArguments(script, node) }
    : undefined;
}

function optionNames(
  script: PythonScript,
  { name }: Parameter,
  { type, multiple }: AnnotatedType,
  written: readonly string[],
  given: CallArguments | undefined,
): Pick<ScriptOption, 'kind' | 'names'> {
  const usual = `--${name.replaceAll('_', '-')}`;
  const isCount = given !== undefined && booleanKeyword(script, given, 'count') === true;
  const { on, off } = splitClickNames(written);
  const isSwitch = type === 'bool' && !multiple;
  const names =
    on.length + off.length > 0 ? [...on, ...off] : isSwitch ? [usual, usual.replace('--', '--no-')] : [usual];
  return { kind: isSwitch || isCount ? 'flag' : 'option', names };
}
