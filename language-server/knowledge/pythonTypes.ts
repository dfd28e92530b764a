import type { ValueNode } from '../documents/yamlTree';

/** Python's names of the types that safe_load makes. */
export type PythonType =
  'dict' | 'list' | 'set' | 'str' | 'bool' | 'int' | 'float' | 'date' | 'datetime' | 'bytes' | 'NoneType';

/** The type that Python names when it dies of a value. */
export function pythonType(node: ValueNode): PythonType {
  switch (node.kind) {
    case 'mapping':
      return node.tag?.text === '!!set' ? 'set' : 'dict';
    case 'sequence':
      return 'list';
    case 'null':
      return 'NoneType';
    case 'scalar':
      return node.value.type;
  }
}

/** What `if value:` takes for nothing: `""`, `0`, `false`, `[]`, `{}`, null. */
export function isFalsy(node: ValueNode): boolean {
  switch (node.kind) {
    case 'null':
      return true;
    case 'mapping':
      return node.pairs.length === 0;
    case 'sequence':
      return node.items.length === 0;
    case 'scalar':
      return isFalsyScalar(node);
  }
}

function isFalsyScalar({ value }: Extract<ValueNode, { kind: 'scalar' }>): boolean {
  switch (value.type) {
    case 'str':
      return value.value === '';
    case 'bool':
      return !value.value;
    case 'int':
      return value.value === 0n;
    case 'float':
      return value.value === 0;
    case 'bytes':
      return value.text === '';
    case 'date':
    case 'datetime':
      return false;
  }
}

/** In a sentence: `a list`. */
export const typeWords: Readonly<Record<PythonType, string>> = {
  dict: 'a mapping',
  list: 'a list',
  set: 'a set',
  str: 'text',
  bool: 'true or false',
  int: 'a whole number',
  float: 'a number',
  date: 'a date',
  datetime: 'a date and time',
  bytes: 'binary data',
  NoneType: 'nothing',
};
