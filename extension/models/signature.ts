import { parseDocument } from 'yaml';

/** A bundle of its own (esbuild.mjs): the YAML parser is read when the first signature is. */

/** What a model takes and gives, as its MLmodel file says. */
export interface Signature {
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
  readonly params: readonly SignatureField[];
}

export interface SignatureField {
  /** Empty where the model gives its columns no names. */
  readonly name: string;
  /** `double`, `array of string`, `tensor float32 (-1, 28, 28)`. */
  readonly type: string;
  readonly isOptional: boolean;
  /** A parameter's default as JSON. */
  readonly fallback: string | undefined;
}

/** Nobody reads more of a signature in a tree. */
const mostFields = 1000;
const deepestType = 8;

/**
 * The signature in the text of an MLmodel file (reference/MLMODEL.md §2); undefined if the file has none. Throws if the
 * file, or the JSON that it holds as text, cannot be read.
 */
export function parseSignature(text: string): Signature | undefined {
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) throw new Error(`MLmodel is not readable YAML: ${problem.message.split('\n', 1)[0] ?? ''}`);
  const signature = fieldOf(document.toJS({ maxAliasCount: 50 }), 'signature');
  if (signature === undefined || signature === null) return undefined;
  return {
    inputs: readFields(signature, 'inputs'),
    outputs: readFields(signature, 'outputs'),
    params: readFields(signature, 'params'),
  };
}

function readFields(signature: unknown, part: string): readonly SignatureField[] {
  const text = fieldOf(signature, part);
  if (text === undefined || text === null || text === '') return [];
  const specs = typeof text === 'string' ? parseJson(text, part) : text;
  if (!Array.isArray(specs)) throw new Error(`The signature's ${part} are not a list.`);
  return specs.slice(0, mostFields).map(readField);
}

function parseJson(text: string, part: string): unknown {
  try {
    // Python writes NaN and Infinity, which JSON does not have; they occur as defaults only.
    return JSON.parse(text.replace(/(?<=[:,[]\s*)-?(?:NaN|Infinity)(?=\s*[,}\]])/g, 'null'));
  } catch (error) {
    throw new Error(`The signature's ${part} are not readable JSON.`, { cause: error });
  }
}

function readField(spec: unknown): SignatureField {
  const name = fieldOf(spec, 'name');
  const fallback = fieldOf(spec, 'default');
  return {
    name: typeof name === 'string' ? name : '',
    type: nameType(spec, deepestType),
    isOptional: fieldOf(spec, 'required') === false || fieldOf(spec, 'optional') === true,
    fallback: fallback === undefined ? undefined : JSON.stringify(fallback),
  };
}

/** The type of a column, tensor or parameter in words. */
function nameType(spec: unknown, depth: number): string {
  const type = fieldOf(spec, 'type') ?? fieldOf(spec, 'dtype');
  if (typeof type !== 'string' || depth === 0) return '…';
  switch (type) {
    case 'tensor':
      return nameTensor(fieldOf(spec, 'tensor-spec'));
    case 'array':
      return `array of ${nameType(fieldOf(spec, 'items'), depth - 1)}`;
    case 'map':
      return `map of ${nameType(fieldOf(spec, 'values'), depth - 1)}`;
    case 'object':
      return nameObject(fieldOf(spec, 'properties'), depth);
    default:
      return Array.isArray(fieldOf(spec, 'shape')) ? `list of ${type}` : type;
  }
}

function nameTensor(spec: unknown): string {
  const dtype = fieldOf(spec, 'dtype');
  const shape = fieldOf(spec, 'shape');
  const dimensions = Array.isArray(shape) ? ` (${shape.map(String).join(', ')})` : '';
  return `tensor${typeof dtype === 'string' ? ` ${dtype}` : ''}${dimensions}`;
}

function nameObject(properties: unknown, depth: number): string {
  if (typeof properties !== 'object' || properties === null) return 'object';
  const all = Object.entries(properties).slice(0, 20);
  return `object {${all.map(([name, spec]) => `${name}: ${nameType(spec, depth - 1)}`).join(', ')}}`;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
