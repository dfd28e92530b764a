import type { Signature, SignatureField } from '../ui/signature';

/**
 * A signature as a text for the editor's diff, a line for each column: `price: double`. In the model's own order, or by name,
 * so that only what differs otherwise shows.
 */
export function writeSignature(signature: Signature | undefined, isSorted: boolean): string {
  if (!signature) return 'No signature\n';
  const parts = [
    ['Inputs', signature.inputs],
    ['Outputs', signature.outputs],
    ['Parameters', signature.params],
  ] as const;
  return parts
    .filter(([, fields]) => fields.length > 0)
    .map(([title, fields]) => `${title}\n${'='.repeat(title.length)}\n${writeFields(fields, isSorted)}`)
    .join('\n');
}

function writeFields(fields: readonly SignatureField[], isSorted: boolean): string {
  const lines = fields.map(writeField);
  // By code unit: the same on every machine.
  return (isSorted ? lines.toSorted() : lines).map((line) => `${line}\n`).join('');
}

function writeField({ name, type, isOptional, fallback }: SignatureField): string {
  const label = name === '' ? '(no name)' : name.replace(/[\r\n]/g, ' ');
  return `${label}: ${type}${isOptional ? ', optional' : ''}${fallback === undefined ? '' : ` = ${fallback}`}`;
}
