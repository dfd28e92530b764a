import type { SignatureField, SignaturePart } from '../../documents/mlmodelModel';
import type { FieldSpec } from '../../documents/modelSignature';
import { specTypeText } from '../../documents/specTypeText';
import { codeSpan, escapeMarkdown } from '../markdown';

/** More rows than this nobody reads in a hover. */
const mostRows = 20;
const longestCell = 120;

const titles = { inputs: 'Inputs', outputs: 'Outputs', params: 'Parameters' } as const;

/** What a model takes and gives as tables in Markdown, one for each part. */
export function signatureTables({ parts }: SignatureField): string {
  return parts.length === 0 ? 'It says nothing.' : parts.map(partTable).join('\n\n');
}

/** One part of a signature: a title with a count, and a table of at most so many rows. */
export function partTable({ name, schema, json }: SignaturePart): string {
  const title = `**${titles[name]}**`;
  const specs = schema?.specs ?? [];
  if (specs.length === 0) return `${title}: ${json?.error ? notReadable(json.error.message) : 'none'}.`;
  const rows = specs.slice(0, mostRows).map((spec) => `| ${cellsOf(spec, name).join(' | ')} |`);
  const rest = specs.length - rows.length;
  const head = ['Name', 'Type', name === 'params' ? 'Default' : ''];
  const table = [`| ${head.join(' | ')} |`, '|---|---|---|', ...rows].join('\n');
  const more = rest > 0 ? `\n\n…and ${String(rest)} more.` : '';
  const error = json?.error ? `\n\nThe rest is ${notReadable(json.error.message)}.` : '';
  return `${title} (${String(specs.length)})\n\n${table}${more}${error}`;
}

/** One column, tensor or parameter in a sentence. */
export function specSentence(spec: FieldSpec, part: SignaturePart['name']): string {
  const [name = '', type = '', rest = ''] = cellsOf(spec, part);
  const more = rest === '' ? '' : part === 'params' ? `, ${rest} by default` : `, ${rest}`;
  return `**${name}** — ${type}${more}.`;
}

function cellsOf(
  { name, type, isRequired, fallback }: FieldSpec,
  part: SignaturePart['name'],
): readonly string[] {
  const last =
    part === 'params' ? escapeMarkdown(fallback ?? '', longestCell) : isRequired ? 'required' : 'optional';
  return [
    name === undefined ? '*unnamed*' : escapeMarkdown(name, longestCell),
    escapeMarkdown(specTypeText(type), longestCell),
    last,
  ];
}

function notReadable(message: string): string {
  return `not readable: ${codeSpan(message)}`;
}
