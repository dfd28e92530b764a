import type { JsonDocument } from './json';
import type { Schema, SignaturePartName } from './modelSignature';
import type { Field, ScalarNode, ValueNode, YamlDocument } from './yamlTree';

/** An MLmodel with ranges. Any wrong shape stays in it as the node that was written, so that diagnostics can name it. */
export interface MlmodelModel {
  readonly yaml: YamlDocument;
  /** With aliases followed; absent for an empty file. Only a mapping has fields. */
  readonly root?: ValueNode;
  /** All top-level keys: known, unknown, overridden and merged ones. */
  readonly fields: readonly Field[];
  /** The `flavors` that counts, whatever its value's shape. */
  readonly flavorsField?: Field;
  /** In file order; overridden and merged ones too (see field.overridden). */
  readonly flavors: readonly Flavor[];
  readonly signature?: SignatureField;
  readonly inputExample?: InputExample;
}

export interface Flavor {
  readonly name: string;
  readonly field: Field;
  /** Empty unless its value is a mapping. */
  readonly fields: readonly Field[];
}

export interface SignatureField {
  readonly field: Field;
  /** Empty unless its value is a mapping. */
  readonly fields: readonly Field[];
  readonly parts: readonly SignaturePart[];
}

/** `inputs`, `outputs` or `params`, if it is not null; in this order. */
export interface SignaturePart {
  readonly name: SignaturePartName;
  readonly field: Field;
  /** The JSON, if the value is a string that is not empty. Offsets in `json` are of node.text; sourceRange maps them. */
  readonly node?: ScalarNode;
  readonly json?: JsonDocument;
  /** What the JSON says, as far as it can be understood. */
  readonly schema?: Schema;
}

/** `saved_input_example_info`. */
export interface InputExample {
  readonly field: Field;
  /** Empty unless its value is a mapping. */
  readonly fields: readonly Field[];
  /** The example's file, if a string names it. */
  readonly path?: ScalarNode;
}
