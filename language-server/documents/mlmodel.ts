import type { JsonDocument } from './json';
import { reparseJson } from './keptJson';
import type { Flavor, InputExample, MlmodelModel, SignatureField, SignaturePart } from './mlmodelModel';
import { type FieldSpec, readSchema, type Schema, type SignaturePartName } from './modelSignature';
import { fieldsOf, findField, followAlias } from './yamlRead';
import type { Field, ScalarNode, ValueNode, YamlDocument } from './yamlTree';

const partNames: readonly SignaturePartName[] = ['inputs', 'outputs', 'params'];

/** Reads an MLmodel, whatever its shape. With the model of before, JSON that is still the same is not parsed again. */
export function readMlmodel(yaml: YamlDocument, previous?: MlmodelModel): MlmodelModel {
  const root = yaml.root && followAlias(yaml, yaml.root);
  const fields = fieldsOf(yaml, root);
  const flavorsField = findField(fields, 'flavors');
  const signature = findField(fields, 'signature');
  const inputExample = findField(fields, 'saved_input_example_info');
  return {
    yaml,
    fields,
    flavors: flavorsField ? readFlavors(yaml, flavorsField) : [],
    ...(root && { root }),
    ...(flavorsField && { flavorsField }),
    ...(signature && { signature: readSignature(yaml, signature, previous?.signature) }),
    ...(inputExample && { inputExample: readInputExample(yaml, inputExample) }),
  };
}

function readFlavors(yaml: YamlDocument, { value }: Field): readonly Flavor[] {
  return fieldsOf(yaml, value).map((field) => ({
    name: field.name,
    field,
    fields: fieldsOf(yaml, field.value),
  }));
}

function readSignature(yaml: YamlDocument, field: Field, previous?: SignatureField): SignatureField {
  const fields = fieldsOf(yaml, field.value);
  const parts = partNames.flatMap((name) => {
    const part = findField(fields, name);
    return part && part.value.kind !== 'null' ? [readPart(name, part, previous)] : [];
  });
  return { field, fields, parts };
}

function readPart(name: SignaturePartName, field: Field, previous?: SignatureField): SignaturePart {
  const node = textNode(field.value);
  if (!node) return { name, field };
  const before = previous?.parts.find((part) => part.name === name);
  const json = reparseJson(node.text, before?.json);
  return {
    ...{ name, field, node, json },
    get schema() {
      return schemaOf(json, name);
    },
  };
}

const schemas = new WeakMap<JsonDocument, Schema>();

/** Read when it is first asked for: most diagnostics do without it, at each key that somebody types. */
function schemaOf(json: JsonDocument, name: SignaturePartName): Schema {
  const schema = schemas.get(json) ?? readSchema(json, name);
  schemas.set(json, schema);
  return schema;
}

function readInputExample(yaml: YamlDocument, field: Field): InputExample {
  const fields = fieldsOf(yaml, field.value);
  const path = findField(fields, 'artifact_path');
  const node = path && textNode(path.value);
  return { field, fields, ...(node && { path: node }) };
}

/** What a part of the signature says, as far as it can be understood; nothing where there is none. */
export function specsOf({ signature }: MlmodelModel, name: SignaturePartName): readonly FieldSpec[] {
  return signature?.parts.find((part) => part.name === name)?.schema?.specs ?? [];
}

/** A string that is not empty. */
export function textNode(node: ValueNode): ScalarNode | undefined {
  return node.kind === 'scalar' && node.value.type === 'str' && node.text !== '' ? node : undefined;
}
