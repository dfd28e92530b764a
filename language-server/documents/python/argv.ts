import type { SyntaxNode } from '@lezer/common';
import { defaultOf, typeOfConverter } from './keywords';
import { childrenOf, rangeOf, textOf } from './nodes';
import type { ScriptOption, ScriptOptions } from './scriptOptions';
import { argumentsOf, dottedName, type PythonScript } from './syntax';
import { constantOf } from './values';

/** The places of `sys.argv` that the script reads by number, as positionals named for what they are kept in. */
export function readArgv(script: PythonScript): ScriptOptions | undefined {
  const byIndex = new Map<number, ScriptOption>();
  for (const place of placesOf(script)) {
    const index = indexOf(script, place);
    if (index !== undefined && index > 0 && !byIndex.has(index))
      byIndex.set(index, optionAt(script, place, index));
  }
  if (byIndex.size === 0) return undefined;
  return {
    framework: 'argv',
    options: [...byIndex].sort(([a], [b]) => a - b).map(([, option]) => option),
    commands: [],
    leavingNames: [],
    acceptsUnknown: true,
    isDynamic: true,
    acceptsPrefixes: false,
  };
}

/** Whether the script looks at the words itself; their number, its own name, and handing them all on do not count. */
export function readsArgv(script: PythonScript): boolean {
  const isHandedOn = (node: SyntaxNode) => node.parent?.name === 'ArgList';
  const places = placesOf(script);
  const taken = places.some((place) => !isHandedOn(place) && indexOf(script, place) !== 0);
  const read = places.some((place) => (indexOf(script, place) ?? 0) > 0);
  const bare = script.members.filter((member) => dottedName(script, member) === 'sys.argv');
  return (
    taken ||
    read ||
    bare.some((member) => !isHandedOn(member) && !places.some((place) => place.from === member.from))
  );
}

/** `sys.argv[…]` */
function placesOf(script: PythonScript): SyntaxNode[] {
  return script.members.filter(
    ({ firstChild, node }) =>
      firstChild && node.getChild('[') && dottedName(script, firstChild) === 'sys.argv',
  );
}

/** The number in `sys.argv[1]`; undefined for slices and names. */
function indexOf(script: PythonScript, place: SyntaxNode): number | undefined {
  const [, , index, close] = childrenOf(place);
  const value = index && close?.name === ']' ? constantOf(script, index) : undefined;
  return value?.kind === 'int' ? value.value : undefined;
}

/** `alpha = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5` says name, type and default. */
function optionAt(script: PythonScript, place: SyntaxNode, index: number): ScriptOption {
  const call = place.parent?.name === 'ArgList' ? place.parent.parent : null;
  const isConverted = call?.name === 'CallExpression' && argumentsOf(script, call).length === 1;
  const whole = isConverted ? call : place;
  const choice =
    whole.parent?.name === 'ConditionalExpression' && whole.parent.firstChild?.from === whole.from
      ? whole.parent
      : undefined;
  const outer = choice ?? whole;
  const target = outer.parent?.name === 'AssignStatement' ? outer.parent.firstChild : null;
  const isNamed = target?.name === 'VariableName' && outer.parent && childrenOf(outer.parent).length === 3;
  const name = isNamed ? textOf(script, target) : `argument_${index}`;
  return {
    names: [name],
    dest: name,
    kind: 'positional',
    type: isConverted && call.firstChild ? typeOfConverter(script, call.firstChild) : 'string',
    ...(choice?.lastChild && { default: defaultOf(script, choice.lastChild) }),
    required: choice === undefined,
    multiple: false,
    range: rangeOf(outer),
    nameRange: rangeOf(isNamed ? target : place),
  };
}
