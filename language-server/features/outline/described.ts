import { SymbolKind } from 'vscode-languageserver-types';
import type { TextRange } from '../../documents/textRange';
import { pythonString } from '../../documents/yamlRead';
import type { Field, YamlDocument } from '../../documents/yamlTree';

/** A symbol of the outline, in offsets. */
export interface Described {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly range: TextRange;
  readonly selection: TextRange;
  readonly children?: readonly Described[];
}

/** A key with its value, if that is a scalar. */
export function plain(yaml: YamlDocument, field: Field): Described {
  const { kind } = field.value;
  const detail = kind === 'scalar' ? pythonString(yaml, field.value) : '';
  return symbolOf(field, SymbolKind.Property, { detail });
}

export function symbolOf(
  { name, range, key }: Field,
  kind: SymbolKind,
  more: Pick<Described, 'children' | 'detail'>,
): Described {
  return { name, kind, range, selection: key.range, ...more };
}
