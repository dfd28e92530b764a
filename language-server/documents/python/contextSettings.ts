import type { SyntaxNode } from '@lezer/common';
import { booleanKeyword, type CallArguments } from './keywords';
import { emptySet } from './optionSets';
import type { OptionSet } from './scriptOptions';
import type { PythonScript } from './syntax';
import { constantOf, plainValue } from './values';

/**
 * What a command's own arguments say of its words, in click and typer alike: `context_settings` that let unknown words pass or
 * give help other names, or that cannot be read; `add_help_option`; `chain`.
 */
export function readContextSettings(script: PythonScript, given: CallArguments): OptionSet {
  const node = given.keywords.get('context_settings');
  const settings = constantOf(script, node);
  const entries = settings?.kind === 'dict' ? settings.entries : new Map<string, SyntaxNode>();
  const isOn = (name: string) => plainValue(constantOf(script, entries.get(name))) === true;
  const helpNames = plainValue(constantOf(script, entries.get('help_option_names')));
  const hasHelp = booleanKeyword(script, given, 'add_help_option') !== false;
  const names = Array.isArray(helpNames) ? helpNames.filter((name) => typeof name === 'string') : ['--help'];
  return {
    ...emptySet,
    leavingNames: hasHelp ? names : [],
    acceptsUnknown: isOn('ignore_unknown_options') || isOn('allow_extra_args'),
    isDynamic: node !== undefined && settings?.kind !== 'dict',
    ...(booleanKeyword(script, given, 'chain') === true && { isChained: true }),
  };
}
