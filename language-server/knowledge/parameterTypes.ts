export interface ParameterType {
  readonly name: string;
  readonly doc: string;
}

/** The types that MLflow's documentation names. */
export const parameterTypes: readonly ParameterType[] = [
  { name: 'string', doc: 'Text, taken as it is.' },
  { name: 'float', doc: 'A number. MLflow does not check it.' },
  { name: 'int', doc: 'A whole number. MLflow does not check it.' },
  {
    name: 'path',
    doc: 'A file or folder: it must exist, counted from where `mlflow run` is started; a remote one is downloaded.',
  },
  { name: 'uri', doc: 'An address with a scheme, handed on as it is.' },
];

/** What other formats call types: MLflow takes any word, and checks nothing. By lower case. */
const otherTypes = new Map<string, string>([
  ['str', 'string'],
  ['text', 'string'],
  ['string', 'string'],
  ['integer', 'int'],
  ['int', 'int'],
  ['long', 'int'],
  ['number', 'float'],
  ['double', 'float'],
  ['numeric', 'float'],
  ['decimal', 'float'],
  ['float', 'float'],
  ['bool', 'string'],
  ['boolean', 'string'],
  ['list', 'string'],
  ['array', 'string'],
  ['dict', 'string'],
  ['map', 'string'],
  ['object', 'string'],
  ['tuple', 'string'],
  ['json', 'string'],
  ['enum', 'string'],
  ['choice', 'string'],
  ['any', 'string'],
  ['date', 'string'],
  ['datetime', 'string'],
  ['none', 'string'],
]);

/** Only these two change what MLflow does. */
export function isCheckedType(type: string): boolean {
  return type === 'path' || type === 'uri';
}

export function isDocumentedType(type: string): boolean {
  return parameterTypes.some(({ name }) => name === type);
}

/** The documented type that a word of another format means: of `str` string, of `list[int]` string; undefined of no such word. */
export function documentedTypeFor(word: string): string | undefined {
  const outer = /^\s*(?:optional\[)?\s*(\w+)/i.exec(word)?.[1]?.toLowerCase();
  const isWord = /^\s*[\w[\], |]+\s*$/.test(word);
  return outer !== undefined && isWord ? otherTypes.get(outer) : undefined;
}

/** Whether values of the type are numbers, under whichever name. */
export function isNumberType(type: string): boolean {
  return /^(float|int|integer|number|double|long)$/i.test(type);
}
