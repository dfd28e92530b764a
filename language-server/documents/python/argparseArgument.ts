import type { SyntaxNode } from '@lezer/common';
import {
  type CallArguments,
  defaultOf,
  listValue,
  readArguments,
  stringKeyword,
  typeOfConverter,
} from './keywords';
import { rangeOf } from './nodes';
import type { DefaultValue, OptionType, ScriptOption } from './scriptOptions';
import { dottedName, type PythonScript } from './syntax';
import { constantOf, plainValue, stringValue } from './values';

/** One call of `add_argument` as an option. */
export interface ReadArgument {
  readonly option?: ScriptOption;
  /** Names that only print: `action='version'`, `action='help'`. */
  readonly leavingNames: readonly string[];
  /** Takes all words that follow. */
  readonly takesRest: boolean;
  /** Its names are not written out. */
  readonly isDynamic: boolean;
}

const impliedDefaults: Readonly<Record<string, DefaultValue>> = {
  store_true: { text: 'False', value: false },
  store_false: { text: 'True', value: true },
};

const flagActions = /^(store_true|store_false|store_const|append_const|count|BooleanOptionalAction)$/;

export function readArgument(script: PythonScript, call: SyntaxNode): ReadArgument {
  const given = readArguments(script, call);
  const written = given.positional.map((node) => stringValue(script, node));
  const dest = stringKeyword(script, given, 'dest');
  const names =
    written.length > 0 ? written.filter((name) => name !== undefined) : dest === undefined ? [] : [dest];
  const isDynamic = given.hasUnknownPositional || names.length === 0 || names.length < written.length;
  const action = actionOf(script, given);
  if (action === 'version' || action === 'help') return { leavingNames: names, takesRest: false, isDynamic };
  const option = names.length > 0 ? optionOf(script, call, given, names, action) : undefined;
  return {
    ...(option && { option }),
    leavingNames: [],
    takesRest: nargsOf(script, given) === '...',
    isDynamic,
  };
}

function optionOf(
  script: PythonScript,
  call: SyntaxNode,
  given: CallArguments,
  names: readonly string[],
  action: string,
): ScriptOption {
  const kind = kindOf(script, given, names, action);
  const choices = listValue(script, given.keywords.get('choices'));
  const value = implied(script, given, action);
  const help = stringKeyword(script, given, 'help');
  return {
    names: action === 'BooleanOptionalAction' ? names.flatMap(withNegation) : names,
    dest: stringKeyword(script, given, 'dest') ?? destOf(names),
    kind,
    type: typeOf(script, given, kind, action),
    ...(value && { default: value }),
    ...(choices && { choices }),
    required: isRequired(script, given, kind),
    multiple: takesMany(script, given, action),
    ...(help !== undefined && { help }),
    range: rangeOf(call),
    nameRange: rangeOf(given.positional[0] ?? call),
  };
}

function actionOf(script: PythonScript, given: CallArguments): string {
  const node = given.keywords.get('action');
  if (!node) return given.hasUnknownKeywords ? 'unknown' : 'store';
  return stringValue(script, node) ?? dottedName(script, node)?.split('.').at(-1) ?? 'unknown';
}

function kindOf(
  script: PythonScript,
  given: CallArguments,
  names: readonly string[],
  action: string,
): ScriptOption['kind'] {
  if (!isOptionName(names[0] ?? '')) return 'positional';
  return flagActions.test(action) || nargsOf(script, given) === 0 ? 'flag' : 'option';
}

/** A positional's name cannot begin with any of argparse's usual prefix characters. */
function isOptionName(name: string): boolean {
  return /^[-+/]/.test(name);
}

function typeOf(
  script: PythonScript,
  given: CallArguments,
  kind: ScriptOption['kind'],
  action: string,
): OptionType {
  const node = given.keywords.get('type');
  if (action === 'count') return 'int';
  if (action.endsWith('_const')) return 'unknown';
  if (kind === 'flag') return 'bool';
  const isUntyped = !node || constantOf(script, node)?.kind === 'none';
  const type = !isUntyped ? typeOfConverter(script, node) : given.hasUnknownKeywords ? 'unknown' : 'string';
  return type === 'string' && given.keywords.has('choices') ? 'choice' : type;
}

function implied(script: PythonScript, given: CallArguments, action: string): DefaultValue | undefined {
  const node = given.keywords.get('default');
  if (!node) return given.hasUnknownKeywords ? undefined : impliedDefaults[action];
  return dottedName(script, node)?.endsWith('.SUPPRESS') ? undefined : defaultOf(script, node);
}

function isRequired(script: PythonScript, given: CallArguments, kind: ScriptOption['kind']): boolean {
  if (given.hasUnknownKeywords) return false;
  if (kind === 'positional') return !['?', '*', '...'].includes(String(nargsOf(script, given)));
  const required = constantOf(script, given.keywords.get('required'));
  return required?.kind === 'bool' && required.value;
}

function takesMany(script: PythonScript, given: CallArguments, action: string): boolean {
  const nargs = nargsOf(script, given);
  return (
    /^(append|extend|append_const)$/.test(action) ||
    (typeof nargs === 'number' ? nargs > 1 : /^[*+.]/.test(nargs))
  );
}

/** A number or one of argparse's letters; '' where it is absent or unknown. */
function nargsOf(script: PythonScript, given: CallArguments): number | string {
  const node = given.keywords.get('nargs');
  const letters: Readonly<Record<string, string>> = {
    REMAINDER: '...',
    OPTIONAL: '?',
    ZERO_OR_MORE: '*',
    ONE_OR_MORE: '+',
  };
  const named = node ? letters[dottedName(script, node)?.split('.').at(-1) ?? ''] : undefined;
  const value = plainValue(constantOf(script, node));
  return named ?? (typeof value === 'number' || typeof value === 'string' ? value : '');
}

function withNegation(name: string): string[] {
  return name.startsWith('--') ? [name, `--no-${name.slice(2)}`] : [name];
}

function destOf(names: readonly string[]): string {
  const name = names.find((one) => /^[-+/]{2}/.test(one)) ?? names[0] ?? '';
  return isOptionName(name) ? name.replace(/^[-+/]+/, '').replaceAll('-', '_') : name;
}
