import type { MlmodelModel, SignaturePart } from '../../language-server/documents/mlmodelModel';
import type { FieldSpec, SpecType } from '../../language-server/documents/modelSignature';
import { specTypeText } from '../../language-server/documents/specTypeText';
import type { Signature, SpecRow } from '../../webviews/protocol/modelPreview';
import { boundText } from '../ui/boundText';

/** As many columns, parameters and properties as anybody will look at, of each part. */
const mostRows = 20_000;

/** What the model takes and gives; undefined where it does not say. */
export function composeSignature({ signature }: MlmodelModel): Signature | undefined {
  if (!signature || signature.parts.length === 0) return undefined;
  const rowsOf = (name: SignaturePart['name']) => {
    const specs = signature.parts.find((part) => part.name === name)?.schema?.specs ?? [];
    return new Rows().list(specs);
  };
  return { inputs: rowsOf('inputs'), outputs: rowsOf('outputs'), params: rowsOf('params') };
}

/** Counts what it makes, at whatever depth. */
class Rows {
  private left = mostRows;

  list(specs: readonly FieldSpec[]): readonly SpecRow[] {
    const rows: SpecRow[] = [];
    for (const spec of specs) {
      if (this.left-- <= 0) break;
      rows.push(this.toRow(spec));
    }
    return rows;
  }

  private toRow({ name, type, isRequired, fallback }: FieldSpec): SpecRow {
    const properties = propertiesOf(type);
    return {
      ...(name === undefined ? {} : { name: boundText(name) }),
      type: boundText(specTypeText(type, true)),
      isRequired,
      ...(fallback === undefined ? {} : { fallback: boundText(fallback) }),
      ...(properties ? { properties: this.list(properties) } : {}),
    };
  }
}

/** Of an object, also of one within arrays and maps. */
function propertiesOf(type: SpecType): readonly FieldSpec[] | undefined {
  switch (type.kind) {
    case 'object':
      return type.properties;
    case 'array':
    case 'map':
      return propertiesOf(type.of);
    case 'scalar':
    case 'tensor':
    case 'unknown':
      return undefined;
  }
}
