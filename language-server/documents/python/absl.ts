import type { SyntaxNode } from '@lezer/common';
import {
  booleanKeyword,
  type CallArguments,
  defaultOf,
  listValue,
  readArguments,
  stringKeyword,
} from './keywords';
import { rangeOf } from './nodes';
import type { OptionType, ScriptOption, ScriptOptions } from './scriptOptions';
import { calleeOf, type PythonScript } from './syntax';
import { constantOf, plainValue, stringValue } from './values';

const types: Readonly<Record<string, OptionType>> = {
  integer: 'int',
  float: 'float',
  string: 'string',
  bool: 'bool',
  boolean: 'bool',
  enum: 'choice',
  list: 'string',
  spaceseplist: 'string',
  multi_integer: 'int',
  multi_float: 'float',
  multi_string: 'string',
  multi_enum: 'choice',
};

/** The script's absl flags, TensorFlow's old ones too. Always dynamic: each module that it imports may define more. */
export function readAbsl(script: PythonScript): ScriptOptions | undefined {
  const options = script.calls.flatMap((call) => flagOf(script, call) ?? []);
  if (options.length === 0) return undefined;
  const required = requiredNames(script);
  return {
    framework: 'absl',
    options: options.map((option) => (required.has(option.dest) ? { ...option, required: true } : option)),
    commands: [],
    leavingNames: ['--help', '--helpshort', '--helpfull'],
    acceptsUnknown: false,
    isDynamic: true,
    acceptsPrefixes: false,
  };
}

function flagOf(script: PythonScript, call: SyntaxNode): ScriptOption | undefined {
  const kind = /(?:^|\.)flags\.DEFINE_(\w+)$/.exec(calleeOf(script, call) ?? '')?.[1];
  if (kind === undefined || kind === 'alias') return undefined;
  const given = readArguments(script, call);
  const name = stringValue(script, given.positional[0] ?? given.keywords.get('name'));
  return name === undefined ? undefined : optionOf(script, call, given, name, kind);
}

function optionOf(
  script: PythonScript,
  call: SyntaxNode,
  given: CallArguments,
  name: string,
  kind: string,
): ScriptOption {
  const type = types[kind] ?? 'unknown';
  const hasChoices = kind.endsWith('enum');
  const [, value = given.keywords.get('default'), third, fourth] = given.positional;
  const choices = hasChoices ? listValue(script, third ?? given.keywords.get('enum_values')) : undefined;
  const help = stringValue(script, hasChoices ? fourth : third) ?? stringKeyword(script, given, 'help');
  const short = stringKeyword(script, given, 'short_name');
  const isBool = type === 'bool';
  return {
    names: [`--${name}`, ...(isBool ? [`--no${name}`] : []), ...(short === undefined ? [] : [`-${short}`])],
    dest: name,
    kind: isBool ? 'flag' : 'option',
    type,
    ...(value && { default: defaultOf(script, value) }),
    ...(choices && { choices }),
    required: booleanKeyword(script, given, 'required') === true,
    multiple: kind.startsWith('multi_') || kind.endsWith('list'),
    ...(help !== undefined && { help }),
    range: rangeOf(call),
    nameRange: rangeOf(given.positional[0] ?? call),
  };
}

/** `flags.mark_flag_as_required('a')`, `flags.mark_flags_as_required(['a', 'b'])` */
function requiredNames(script: PythonScript): Set<unknown> {
  const marks = script.calls.filter((call) =>
    /\.mark_flags?_as_required$/.test(calleeOf(script, call) ?? ''),
  );
  return new Set(
    marks.flatMap((call) => {
      const value = plainValue(constantOf(script, readArguments(script, call).positional[0]));
      return Array.isArray(value) ? (value as readonly unknown[]) : [value];
    }),
  );
}
