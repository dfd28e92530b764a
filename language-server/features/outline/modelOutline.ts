import { SymbolKind } from 'vscode-languageserver-types';
import type { MlmodelModel, SignaturePart } from '../../documents/mlmodelModel';
import type { FieldSpec } from '../../documents/modelSignature';
import { propertiesOf, specTypeText } from '../../documents/specTypeText';
import { fieldsOf, sourceRange } from '../../documents/yamlRead';
import type { Field, ScalarNode, YamlDocument } from '../../documents/yamlTree';
import { type Described, plain, symbolOf } from './described';

/** More columns than this nobody looks for in an outline. */
const mostSpecs = 5_000;
const deepest = 4;

/** A top-level key of an MLmodel: its flavors, the columns of its signature, or what is nested in it. */
export function describeModelField(model: MlmodelModel, field: Field): Described {
  const { yaml, signature, flavorsField } = model;
  if (field === signature?.field) {
    const children = signature.fields.map((one) => describePart(yaml, one, signature.parts));
    return symbolOf(field, SymbolKind.Struct, { children });
  }
  if (field !== flavorsField) return describeNested(yaml, field, deepest);
  const flavors = model.flavors.filter((one) => !one.field.merged);
  const children = flavors.map((flavor) =>
    symbolOf(flavor.field, SymbolKind.Class, {
      children: flavor.fields.map((one) => describeNested(yaml, one, deepest)),
    }),
  );
  return symbolOf(field, SymbolKind.Namespace, { children });
}

function describeNested(yaml: YamlDocument, field: Field, depth: number): Described {
  const inside = depth > 0 && !field.merged ? fieldsOf(yaml, field.value) : [];
  const children = inside.map((one) => describeNested(yaml, one, depth - 1));
  return { ...plain(yaml, field), ...(children.length > 0 && { children, kind: SymbolKind.Object }) };
}

function describePart(yaml: YamlDocument, field: Field, parts: readonly SignaturePart[]): Described {
  const part = parts.find((one) => one.field === field);
  const { node, schema } = part ?? {};
  if (!part || !node || !schema) return plain(yaml, field);
  const children = schema.specs
    .slice(0, mostSpecs)
    .map((spec, index) => describeSpec(node, spec, index, part.name === 'params'));
  return symbolOf(field, SymbolKind.Array, { children, detail: String(schema.specs.length) });
}

function describeSpec(node: ScalarNode, spec: FieldSpec, index: number, isParameter: boolean): Described {
  const range = sourceRange(node, spec.node.range);
  const rest = isParameter ? ` = ${spec.fallback ?? ''}` : spec.isRequired ? '' : ', optional';
  return {
    name: spec.name ?? `[${String(index)}]`,
    detail: specTypeText(spec.type) + rest,
    kind: isParameter ? SymbolKind.Variable : SymbolKind.Field,
    range,
    selection: range,
    children: propertiesOf(spec.type).map((one, at) => describeSpec(node, one, at, false)),
  };
}
