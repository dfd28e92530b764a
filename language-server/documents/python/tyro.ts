import type { SyntaxNode } from '@lezer/common';
import { fieldOption } from './dataclasses';
import { fieldsOf, type Parameter, parametersOf } from './parameters';
import type { ScriptOption, ScriptOptions } from './scriptOptions';
import { argumentsOf, calleeOf, dottedName, type PythonScript } from './syntax';

/** The options of what the script hands to `tyro.cli`: a function's parameters or a dataclass's fields. */
export function readTyro(script: PythonScript): ScriptOptions | undefined {
  const calls = script.calls.filter((call) =>
    /^(tyro\.cli|simple_parsing\.parse)$/.test(calleeOf(script, call) ?? ''),
  );
  const [only, more] = calls;
  if (!only) return undefined;
  const [first, ...settings] = argumentsOf(script, only);
  const parameters = first && parametersOfTarget(script, first.value);
  const options = (parameters ?? []).map((one) => asTyroOption(fieldOption(script, one)));
  const isPlain = parameters?.every(({ spread }) => spread === undefined) === true;
  return {
    framework: 'tyro',
    options,
    commands: [],
    leavingNames: ['-h', '--help'],
    acceptsUnknown: settings.some(({ name }) => name === 'return_unknown_args' || name === 'args'),
    isDynamic:
      !isPlain || more !== undefined || settings.length > 0 || options.some(({ type }) => type === 'unknown'),
    acceptsPrefixes: true,
  };
}

function parametersOfTarget(script: PythonScript, node: SyntaxNode): Parameter[] | undefined {
  const name = dottedName(script, node) ?? '';
  const definition = script.functions.get(name);
  if (definition) return parametersOf(script, definition);
  const owner = script.classes.get(name);
  return owner && argumentsOf(script, owner).length === 0 ? fieldsOf(script, owner) : undefined;
}

/** A bool with a default is switched by `--a` and `--no-a`. */
function asTyroOption(option: ScriptOption): ScriptOption {
  if (option.type !== 'bool' || option.required) return option;
  return {
    ...option,
    kind: 'flag',
    names: [...option.names, ...option.names.map((name) => name.replace('--', '--no-'))],
  };
}
