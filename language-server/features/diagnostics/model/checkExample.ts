import { specsOf, textNode } from '../../../documents/mlmodel';
import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { findField } from '../../../documents/yamlRead';
import type { Field } from '../../../documents/yamlTree';
import type { ModelFacts } from '../../modelFacts';
import { tableExample } from '../../modelFiles';
import { valueRange } from '../checkKeys';
import type { Fault } from '../fault';
import { shown } from '../signature/jsonPlace';

/** More names than these are not told. */
const mostNames = 5;

/** Where `saved_input_example_info` contradicts itself or the signature, and where its file does. */
export function checkExample(model: MlmodelModel, { exampleColumns }: ModelFacts): readonly Fault[] {
  const { yaml, inputExample, signature } = model;
  if (inputExample?.field.value.kind !== 'mapping') return [];
  const { field, fields, path } = inputExample;
  const at = (one: Field | undefined) => (one ? valueRange(yaml, one) : field.key.range);
  const type = findField(fields, 'type');
  const word = type && textNode(type.value)?.text;
  const orient = findField(fields, 'pandas_orient');
  const params = findField(fields, 'params');
  const found: Fault[] = [];
  const add = (range: Fault['range'], message: string) => {
    found.push({ code: 'mlmodel.example', range, message });
  };
  if (!path && fields.length > 0)
    add(field.key.range, 'Without `artifact_path` MLflow cannot read the example.');
  if (!word && path && !findField(fields, 'format'))
    add(at(type), 'Without `type` MLflow cannot read the example.');
  if (orient && orient.value.kind !== 'null' && word !== undefined && word !== 'dataframe')
    add(
      at(orient),
      `\`pandas_orient\` is for an example of type \`dataframe\`, and this is \`${word.slice(0, 100)}\`.`,
    );
  if (params && params.value.kind !== 'null' && signature && specsOf(model, 'params').length === 0)
    add(at(params), 'The example has parameters, but the signature has none.');
  if (
    word === 'ndarray' &&
    specsOf(model, 'inputs').some((spec) => spec.name !== undefined && spec.type.kind !== 'tensor')
  )
    add(at(type), 'The example is an array, but the inputs of the signature are columns with names.');
  const contradiction = exampleColumns && path && tellColumns(model, exampleColumns);
  if (contradiction !== undefined && path) add(path.range, contradiction);
  return found;
}

/** What columns the signature requires and the example has not, and the other way round. */
function tellColumns(model: MlmodelModel, columns: ReadonlySet<string>): string | undefined {
  // What was read is of the example as it was named then.
  if (tableExample(model) === undefined) return undefined;
  const specs = specsOf(model, 'inputs');
  const known = new Set(specs.map(({ name = '' }) => name));
  const missing = specs.filter(({ name = '', isRequired }) => isRequired && !columns.has(name));
  const unknown = [...columns].filter((name) => !known.has(name));
  const parts = [
    ...(missing.length > 0
      ? [`has no ${wordsFor(missing.map(({ name = '' }) => name))}, which the signature requires`]
      : []),
    ...(unknown.length > 0 ? [`has ${wordsFor(unknown)}, which the signature does not know`] : []),
  ];
  return parts.length > 0 ? `The example ${parts.join(', and ')}.` : undefined;
}

function wordsFor(names: readonly string[]): string {
  const told = names.slice(0, mostNames).map((name) => `\`${shown(name)}\``);
  const rest = names.length - told.length;
  return `column${names.length === 1 ? '' : 's'} ${told.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
