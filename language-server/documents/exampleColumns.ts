import { findMember, type JsonNode, parseJson } from './json';

/**
 * The columns of an input example that MLflow saved of a pandas DataFrame (`pandas_orient: split`); undefined where the JSON
 * says none. With parameters beside it the data lie under `inputs`.
 */
export function readExampleColumns(json: string): ReadonlySet<string> | undefined {
  const { root, error } = parseJson(json);
  if (error) return undefined;
  const columns = findMember(root, 'columns') ?? findMember(findMember(root, 'inputs')?.value, 'columns');
  if (columns?.value.kind !== 'array') return undefined;
  const names = columns.value.items.map(nameOf);
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length ? new Set(known) : undefined;
}

/** Columns without names are numbered; what else pandas has for names no signature holds. */
function nameOf(node: JsonNode): string | undefined {
  if (node.kind === 'string') return node.value;
  return node.kind === 'number' && node.isInteger ? node.text : undefined;
}
