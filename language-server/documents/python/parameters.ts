import type { SyntaxNode } from '@lezer/common';
import { childrenOf, rangeOf, splitNodes, textOf } from './nodes';
import type { TextRange } from '../textRange';
import type { OptionType, PlainValue } from './scriptOptions';
import { argumentsOf, dottedName, type PythonScript } from './syntax';
import { plainValue, constantOf } from './values';
import { typeOfConverter } from './keywords';

/** A function's parameter or a dataclass's field. */
export interface Parameter {
  readonly name: string;
  readonly spread?: '*' | '**';
  readonly annotation?: SyntaxNode;
  readonly default?: SyntaxNode;
  readonly range: TextRange;
  readonly nameRange: TextRange;
}

/** What an annotation says of one value. */
export interface AnnotatedType {
  readonly type: OptionType;
  readonly choices?: readonly PlainValue[];
  readonly multiple: boolean;
  /** `Annotated`'s further arguments. */
  readonly metadata: readonly SyntaxNode[];
  readonly name?: string;
}

/** A function's parameters without `self` and `cls`. */
export function parametersOf(script: PythonScript, definition: SyntaxNode): Parameter[] {
  const list = definition.getChild('ParamList');
  if (!list) return [];
  return splitNodes(childrenOf(list))
    .flatMap((part) => parameterOf(script, part) ?? [])
    .filter(({ name }, index) => index > 0 || !/^(self|cls)$/.test(name));
}

function parameterOf(script: PythonScript, part: readonly SyntaxNode[]): Parameter | undefined {
  const name = part.find((node) => node.name === 'VariableName');
  if (!name) return undefined;
  const [first] = part;
  const type = part.find((node) => node.name === 'TypeDef');
  const at = part.findIndex((node) => node.name === 'AssignOp');
  const value = at < 0 ? undefined : part[at + 1];
  const annotation = type?.lastChild;
  return {
    name: textOf(script, name),
    ...((first?.name === '*' || first?.name === '**') && { spread: first.name }),
    ...(annotation && annotation.name !== ':' && { annotation }),
    ...(value && !value.type.isError && { default: value }),
    range: { start: first?.from ?? name.from, end: part.at(-1)?.to ?? name.to },
    nameRange: rangeOf(name),
  };
}

/** The annotated names of a class body, in order; ClassVars are none. */
export function fieldsOf(script: PythonScript, definition: SyntaxNode): Parameter[] {
  const statements = definition.getChild('Body')?.getChildren('AssignStatement') ?? [];
  return statements.flatMap((statement) => {
    const part = childrenOf(statement);
    const field =
      part[0]?.name === 'VariableName' && part[1]?.name === 'TypeDef' ? parameterOf(script, part) : undefined;
    return field && !textOf(script, part[1] ?? statement).includes('ClassVar') ? [field] : [];
  });
}

const unknownType: AnnotatedType = { type: 'unknown', multiple: false, metadata: [] };

/** Reads `int`, `Optional[int]`, `int | None`, `List[int]`, `Literal['a']`, an Enum of this script, `Annotated[int, …]`. */
export function readAnnotation(script: PythonScript, node: SyntaxNode | undefined, depth = 0): AnnotatedType {
  if (!node || depth > 10) return unknownType;
  if (node.name === 'BinaryExpression') return withoutNone(script, [node.firstChild, node.lastChild], depth);
  const bracket = node.name === 'MemberExpression' ? node.getChild('[') : null;
  if (!bracket || !node.firstChild) return namedType(script, node);
  const generic = (dottedName(script, node.firstChild) ?? '').split('.').at(-1) ?? '';
  const parts = splitNodes(childrenOf(node).slice(1)).flatMap((part) => part[0] ?? []);
  const [first] = parts;
  if (generic === 'Annotated')
    return { ...readAnnotation(script, first, depth + 1), metadata: parts.slice(1) };
  if (generic === 'Optional' || generic === 'Union') return withoutNone(script, parts, depth);
  if (generic === 'Literal') return literalType(parts.map((part) => plainValue(constantOf(script, part))));
  if (/^(list|List|Sequence|Iterable|tuple|Tuple|set|Set)$/.test(generic)) {
    return { ...readAnnotation(script, first, depth + 1), multiple: true };
  }
  return unknownType;
}

function withoutNone(
  script: PythonScript,
  nodes: readonly (SyntaxNode | null)[],
  depth: number,
): AnnotatedType {
  const [only, more] = nodes.filter((node) => node !== null && node.name !== 'None');
  return more ? unknownType : readAnnotation(script, only ?? undefined, depth + 1);
}

function literalType(values: readonly (PlainValue | undefined)[]): AnnotatedType {
  const choices = values.filter((value) => value !== undefined);
  return {
    type: 'choice',
    multiple: false,
    metadata: [],
    ...(choices.length === values.length && { choices }),
  };
}

function namedType(script: PythonScript, node: SyntaxNode): AnnotatedType {
  const name = dottedName(script, node);
  if (name === undefined) return unknownType;
  const members = enumValues(script, name);
  if (members) return { type: 'choice', choices: members, multiple: false, metadata: [], name };
  const isList = /^(list|typing\.List|tuple)$/.test(name);
  return { type: isList ? 'unknown' : typeOfConverter(script, node), multiple: isList, metadata: [], name };
}

/** The values of an Enum that this script defines. */
function enumValues(script: PythonScript, name: string): PlainValue[] | undefined {
  const definition = script.classes.get(name);
  const isEnum =
    definition &&
    argumentsOf(script, definition).some(({ value }) => (dottedName(script, value) ?? '').endsWith('Enum'));
  if (!isEnum) return undefined;
  const statements = definition.getChild('Body')?.getChildren('AssignStatement') ?? [];
  return statements.flatMap(
    (statement) => plainValue(constantOf(script, statement.lastChild ?? undefined)) ?? [],
  );
}
