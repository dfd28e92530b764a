import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import type { Example, ExampleContent } from '../../webviews/protocol/modelPreview';
import type { FileText } from './fileText';
import { textOf } from '../ui/modelUri';

const mostRows = 50;
const mostColumns = 100;
const longestText = 20_000;
/** Beyond that it is shown as it stands: to lay it out anew would take too long. */
const longestPretty = 500_000;

/** What was given to the model when it was saved; undefined where it was saved without. */
export function composeExample(
  { yaml, inputExample }: MlmodelModel,
  textFor: (name: string) => FileText,
): Example | undefined {
  const file = inputExample?.path?.text;
  if (!inputExample || file === undefined) return undefined;
  const type = textOf(yaml, inputExample.fields, 'type') ?? '';
  return { file, type, content: composeContent(textFor(file)) };
}

function composeContent(file: FileText): ExampleContent {
  switch (file.kind) {
    case 'loading':
    case 'missing':
    case 'failed':
      return file;
    case 'there':
    case 'unlisted':
      return { kind: 'loading' };
    case 'text':
      return readContent(file.text);
  }
}

function readContent(text: string): ExampleContent {
  // Numbers of more digits than JavaScript keeps are shown as they were written.
  const isExact = text.length <= longestPretty && !/\d{16}/.test(text);
  const value = isExact ? parse(text) : undefined;
  return readTable(value) ?? toText(value === undefined ? text : JSON.stringify(value, undefined, 2));
}

function toText(text: string): ExampleContent {
  const isCut = text.length > longestText;
  return { kind: 'text', text: isCut ? `${text.slice(0, longestText)}…` : text, isCut };
}

/** A data frame as pandas writes it, `{"columns": […], "data": [[…], …]}`; undefined for all else. */
function readTable(value: unknown): ExampleContent | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { columns, data, ...rest } = value as Record<string, unknown>;
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined;
  const isOther = Object.keys(rest).some((key) => key !== 'index');
  if (isOther || columns.length > mostColumns || !data.every((row) => Array.isArray(row))) return undefined;
  return {
    kind: 'table',
    columns: columns.map(writeCell),
    rows: data.slice(0, mostRows).map((row: readonly unknown[]) => row.slice(0, mostColumns).map(writeCell)),
    total: data.length,
  };
}

function writeCell(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, 1000);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
