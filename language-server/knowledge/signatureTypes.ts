/** A type of a column, as a signature writes it. */
export interface ColumnType {
  readonly name: string;
  /** In our words, in Markdown. */
  readonly doc: string;
  /** What it is in Python, numpy and Spark; undefined where there is nothing like it. */
  readonly python?: string;
  readonly numpy?: string;
  readonly spark?: string;
}

/** Types that need nothing but their name. Parameters take them too, except `binary`. */
export const scalarTypes: readonly ColumnType[] = [
  { name: 'boolean', doc: 'True or false.', python: 'bool', numpy: 'bool', spark: 'BooleanType' },
  { name: 'integer', doc: 'A whole number of 32 bits.', python: 'int', numpy: 'int32', spark: 'IntegerType' },
  { name: 'long', doc: 'A whole number of 64 bits.', python: 'int', numpy: 'int64', spark: 'LongType' },
  { name: 'float', doc: 'A number of 32 bits.', python: 'float', numpy: 'float32', spark: 'FloatType' },
  { name: 'double', doc: 'A number of 64 bits.', python: 'float', numpy: 'float64', spark: 'DoubleType' },
  { name: 'string', doc: 'Text.', python: 'str', numpy: 'str', spark: 'StringType' },
  { name: 'binary', doc: 'Bytes; in JSON, base64.', python: 'bytes', numpy: 'bytes', spark: 'BinaryType' },
  {
    name: 'datetime',
    doc: 'A date, or a date and time, to the nanosecond.',
    python: 'datetime.date',
    numpy: 'datetime64[ns]',
    spark: 'TimestampType',
  },
];

/** Types of columns that are no scalars. */
const nestedTypes: readonly ColumnType[] = [
  {
    name: 'array',
    doc: 'A list of values of one type: `items`.',
    python: 'list',
    spark: 'ArrayType',
  },
  {
    name: 'object',
    doc: 'Values by name, each of a type of its own: `properties`.',
    python: 'dict',
    spark: 'StructType',
  },
  {
    name: 'map',
    doc: 'Values of one type by any text: `values`.',
    python: 'dict[str, …]',
    spark: 'MapType',
  },
  { name: 'any', doc: 'Any value: it is not checked.', python: 'Any' },
  { name: 'sparkml_vector', doc: 'A vector of Spark ML; only of a whole column.', spark: 'VectorUDT' },
];

export const columnTypes: readonly ColumnType[] = [...scalarTypes, ...nestedTypes];

/** Of a parameter: scalars without `binary`, and `object`. */
export const parameterSpecTypes: readonly ColumnType[] = columnTypes.filter(
  ({ name }) => name === 'object' || (name !== 'binary' && isScalarType(name)),
);

/** What numpy calls the elements of a tensor, those that models have first. numpy knows more. */
export const tensorTypes: readonly string[] = (
  'float32 float64 int64 int32 uint8 bool str float16 int8 int16 uint16 uint32 uint64 object bytes ' +
  'datetime64[ns] timedelta64[ns] complex64 complex128'
).split(' ');

/** What others call the types of columns, by lower case. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...spelled('boolean', 'bool bool_ booleantype logical'),
  ...spelled('integer', 'int32 i32 integertype short int16 int8 uint8 uint16 byte'),
  ...spelled('long', 'int int64 i64 longtype bigint uint32 uint64'),
  ...spelled('float', 'float32 f32 floattype float16 half single'),
  ...spelled('double', 'float64 f64 doubletype number numeric decimal real'),
  ...spelled('string', 'str text stringtype varchar char object_ unicode category categorical'),
  ...spelled('binary', 'bytes bytearray binarytype blob'),
  ...spelled('datetime', 'date datetime64 datetime64[ns] timestamp timestamptype time'),
  ...spelled('array', 'list arraytype sequence tuple vector'),
  ...spelled('object', 'dict struct structtype record'),
  ...spelled('map', 'maptype mapping dictionary'),
  ...spelled('any', 'anytype unknown variant'),
]);

function spelled(type: string, names: string): readonly (readonly [string, string])[] {
  return names.split(' ').map((name) => [name, type]);
}

export function isScalarType(name: string): boolean {
  return scalarTypes.some((type) => type.name === name);
}

export function findColumnType(name: string): ColumnType | undefined {
  return columnTypes.find((type) => type.name === name);
}

/** The type that a word of another language means: of `int` long, of `str` string; undefined of no such word. */
export function columnTypeFor(word: string): string | undefined {
  const lower = word.trim().toLowerCase();
  return findColumnType(lower)?.name ?? otherNames.get(lower);
}

/**
 * Whether numpy makes an element type of a word and MLflow takes it: `float32`, `<i8`, `datetime64[ms]`, `O`. What may be a
 * structure (`i4,f4`) passes. Null is float64 to numpy, and is not asked for here.
 */
export function isTensorType(word: string): boolean {
  if (tensorTypes.includes(word) || otherTensorTypes.has(word) || /^[(\d]|^[^[]*,/.test(word)) return true;
  return (
    /^[<>=|]?([?bBhHiIlLqQpPnNefdgFDGOMmSUVaTc]|b1|[iu][1248]|f[248]|f16|c(8|16|32)|[mM]8|O[48]|[SUa]0|V\d+)$/.test(
      word,
    ) ||
    /^(datetime64|timedelta64|[<>=|]?[mM]8)\[(\d*([YMWDhms]|ms|us|\u03bcs|ns|ps|fs|as)(\/\d+)?|generic)\]$/.test(
      word,
    )
  );
}

/** Of `<U5` str, of `S3` bytes: MLflow takes texts of no fixed length only. Undefined of anything else. */
export function unsizedTextType(word: string): 'str' | 'bytes' | undefined {
  const letter = /^[<>=|]?([USa])[1-9]\d*$/.exec(word)?.[1];
  if (letter === undefined) return undefined;
  return letter === 'U' ? 'str' : 'bytes';
}

/** The element type that a word means: of `long` int64; undefined of no such word. */
export function tensorTypeFor(word: string): string | undefined {
  const lower = word.trim().toLowerCase();
  if (tensorTypes.includes(lower)) return lower;
  const column = columnTypeFor(lower);
  return scalarTypes.find(({ name }) => name === column)?.numpy;
}

/** Other names that numpy itself knows. */
const otherTensorTypes: ReadonlySet<string> = new Set(
  (
    'int float complex intc intp uint uintc uintp long ulong longlong ulonglong short ushort byte ubyte half single double ' +
    'longdouble csingle cdouble clongdouble float128 complex256 str_ bytes_ bool_ object_ int_ unicode void datetime64 timedelta64'
  ).split(' '),
);

/** A key in the JSON of a signature. */
export interface SpecKey {
  readonly name: string;
  readonly doc: string;
  /** It goes with this type alone. */
  readonly type?: string;
}

const specType: SpecKey = { name: 'type', doc: 'What its values are.' };
const required: SpecKey = {
  name: 'required',
  doc: 'Whether it must be there; it must unless this is `false`.',
};
const properties: SpecKey = {
  name: 'properties',
  doc: 'Of an object: its values by name, each with a `type` and perhaps `required`.',
  type: 'object',
};
const inside: readonly SpecKey[] = [
  { name: 'items', doc: 'Of an array: the type of its items.', type: 'array' },
  properties,
  { name: 'values', doc: 'Of a map: the type of its values.', type: 'map' },
];

/** What each object in the JSON can have; `items` is what is inside of an array or map. */
export const specKeys: Readonly<
  Record<'column' | 'items' | 'property' | 'tensor' | 'param', readonly SpecKey[]>
> = {
  column: [
    specType,
    { name: 'name', doc: 'What it is called. Either all have names, or none.' },
    required,
    ...inside,
    { name: 'tensor-spec', doc: 'Of a tensor: its `dtype` and `shape`.', type: 'tensor' },
  ],
  items: [specType, ...inside],
  property: [specType, required, ...inside],
  tensor: [
    { name: 'dtype', doc: "What its elements are, in numpy's words." },
    { name: 'shape', doc: 'How long it is in each direction; -1 is any length.' },
  ],
  param: [
    { name: 'name', doc: 'What it is called.' },
    specType,
    { name: 'default', doc: 'The value that is used unless another is given. Null is none.' },
    { name: 'shape', doc: 'Null for one value, `[-1]` for a list of them.' },
    properties,
  ],
};
