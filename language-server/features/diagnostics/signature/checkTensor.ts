import { findMember, type JsonNode, type JsonObject } from '../../../documents/json';
import { nearestWord } from '../../../knowledge/didYouMean';
import { isTensorType, tensorTypeFor, tensorTypes, unsizedTextType } from '../../../knowledge/signatureTypes';
import type { Fault } from '../fault';
import { checkReserved, missingKey, shapeFault } from './checkType';
import { insideOf, jsonWords, shown } from './jsonPlace';

/** A spec with the type `tensor`. */
export function checkTensor(spec: JsonObject): readonly Fault[] {
  const tensor = findMember(spec, 'tensor-spec')?.value;
  if (!tensor) return [missingKey(spec, 'tensor-spec'), ...checkReserved(spec)];
  if (tensor.kind !== 'object')
    return [
      shapeFault(
        tensor,
        `\`tensor-spec\` must be an object, but this is ${jsonWords[tensor.kind]}: MLflow cannot load the model.`,
      ),
    ];
  const [dtype, shape] = [findMember(tensor, 'dtype')?.value, findMember(tensor, 'shape')?.value];
  return [
    ...checkReserved(spec),
    ...checkReserved(tensor),
    ...(dtype ? checkElementType(dtype) : [missingKey(tensor, 'dtype')]),
    ...(shape ? checkShape(shape) : [missingKey(tensor, 'shape')]),
  ];
}

function checkElementType(dtype: JsonNode): readonly Fault[] {
  if (dtype.kind === 'null')
    return [
      { code: 'mlmodel.tensor-default', range: dtype.range, message: 'numpy takes null for `float64`.' },
    ];
  // numpy reads lists as structures.
  if (dtype.kind === 'array') return [];
  if (dtype.kind !== 'string') {
    const message = `\`dtype\` is text, such as "float32", but this is ${jsonWords[dtype.kind]}: MLflow cannot load the model.`;
    return [{ code: 'mlmodel.unknown-type', range: dtype.range, message }];
  }
  const sized = unsizedTextType(dtype.value);
  if (sized === undefined && isTensorType(dtype.value)) return [];
  const meant = sized ?? tensorTypeFor(dtype.value) ?? nearestWord(dtype.value, tensorTypes);
  const why = sized === undefined ? 'numpy knows no type' : 'MLflow takes no text of a fixed length:';
  const question = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return [
    {
      code: 'mlmodel.unknown-type',
      range: insideOf(dtype),
      message: `${why} \`${shown(dtype.value)}\`, so the model cannot be loaded.${question}`,
      ...(meant !== undefined && { fix: { fix: 'replace', to: meant } as const }),
    },
  ];
}

function checkShape(shape: JsonNode): readonly Fault[] {
  if (shape.kind === 'number' || shape.kind === 'boolean' || shape.kind === 'null')
    return [
      {
        code: 'mlmodel.schema',
        range: shape.range,
        message: `\`shape\` is a list of sizes, such as [-1, 4], but this is ${jsonWords[shape.kind]}: MLflow cannot load the model.`,
      },
    ];
  if (shape.kind !== 'array')
    return [
      {
        code: 'mlmodel.tensor-shape',
        range: shape.range,
        message: `\`shape\` is a list of sizes, but this is ${jsonWords[shape.kind]}: MLflow makes a size of each letter or key.`,
      },
    ];
  return shape.items
    .filter((size) => !isSize(size))
    .map((size) => ({
      code: 'mlmodel.tensor-shape',
      range: size.range,
      message:
        'A size is a whole number from 0 on, or -1 for any: MLflow does not check it, and no data fits.',
    }));
}

function isSize(size: JsonNode): boolean {
  return size.kind === 'number' && size.isInteger && Number(size.text) >= -1;
}
