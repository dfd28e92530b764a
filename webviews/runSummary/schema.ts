/** A dataset's schema as MLflow writes it: `{"mlflow_colspec": [...]}` or `{"mlflow_tensorspec": {...}}`. */

export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
}

export type Schema =
  | { readonly kind: 'columns'; readonly columns: readonly SchemaColumn[]; readonly total: number }
  /** Anything else, as readable as it gets. */
  | { readonly kind: 'text'; readonly text: string };

/** As many columns as anybody will read. */
const mostColumns = 1000;

export function readSchema(text: string): Schema {
  const parsed = parseJson(text);
  const columns = columnsOf(parsed);
  if (columns) return { kind: 'columns', columns: columns.slice(0, mostColumns), total: columns.length };
  return { kind: 'text', text: prettyJson(text) };
}

/** JSON text with line breaks, and any other text as it is. */
export function prettyJson(text: string): string {
  const parsed = parseJson(text);
  return typeof parsed === 'object' && parsed !== null ? JSON.stringify(parsed, undefined, 2) : text;
}

function columnsOf(schema: unknown): readonly SchemaColumn[] | undefined {
  const specification = fieldOf(schema, 'mlflow_colspec');
  if (!Array.isArray(specification) || specification.length === 0) return undefined;
  const columns = specification.map(toColumn);
  return columns.every((column) => column !== undefined) ? columns : undefined;
}

function toColumn(specification: unknown, index: number): SchemaColumn | undefined {
  const type = fieldOf(specification, 'type');
  if (typeof type !== 'string') return undefined;
  const name = fieldOf(specification, 'name');
  const isOptional = fieldOf(specification, 'required') === false;
  return {
    name: typeof name === 'string' ? name : `column ${index}`,
    type: isOptional ? `${type} (optional)` : type,
  };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
