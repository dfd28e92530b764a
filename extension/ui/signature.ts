import { readMlmodel } from '../../language-server/documents/mlmodel';
import type { SignaturePart } from '../../language-server/documents/mlmodelModel';
import type { FieldSpec } from '../../language-server/documents/modelSignature';
import { specTypeText } from '../../language-server/documents/specTypeText';
import { LineIndex } from '../../language-server/documents/textRange';
import { parseYaml } from '../../language-server/documents/yamlText';

/** A bundle of its own (esbuild.mjs): the reader of MLmodels is read when the first signature is. */

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

/**
 * The signature in the text of an MLmodel file (reference/MLMODEL.md §2); undefined if the file has none. Throws if the
 * file, or the JSON that it holds as text, cannot be read.
 */
export function parseSignature(text: string): Signature | undefined {
  const yaml = parseYaml(text);
  const [problem] = yaml.errors;
  if (problem) {
    const { line } = new LineIndex(text).positionAt(problem.range.start);
    throw new Error(`MLmodel is not readable YAML: line ${line + 1}: ${problem.message}`);
  }
  const { signature } = readMlmodel(yaml);
  if (!signature || signature.field.value.kind === 'null') return undefined;
  const partOf = (name: SignaturePart['name']) =>
    readPart(signature.parts.find((part) => part.name === name));
  return { inputs: partOf('inputs'), outputs: partOf('outputs'), params: partOf('params') };
}

function readPart(part: SignaturePart | undefined): readonly SignatureField[] {
  if (!part) return [];
  const { name, field, json, schema } = part;
  if (field.value.kind === 'scalar' && field.value.text === '') return [];
  if (!json || json.error) throw new Error(`The signature's ${name} are not readable JSON.`);
  if (json.root?.kind !== 'array') throw new Error(`The signature's ${name} are not a list.`);
  return (schema?.specs ?? []).slice(0, mostFields).map((spec) => readField(spec, name === 'params'));
}

function readField(
  { name = '', type, isRequired, fallback }: FieldSpec,
  isParameter: boolean,
): SignatureField {
  return { name, type: specTypeText(type), isOptional: !isRequired && !isParameter, fallback };
}
