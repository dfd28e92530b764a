import type { DatasetRow, ModelRow } from '../protocol/runSummary';
import { timeCell, type Row } from '../shared/sections/rows';

export function modelRow(model: ModelRow, index: number): Row {
  const { id = '', name = '', status = '', type = '', role, createdAt } = model;
  const kind = [role === 'input' ? 'input' : '', type].filter((part) => part !== '').join(' · ');
  return {
    id: `${index} ${id}`,
    copyText: id === '' ? name : id,
    haystack: [name, id, type, status, role].join('\n').toLowerCase(),
    version: JSON.stringify(model),
    cells: () => [
      { text: name },
      { text: nameStatus(status) },
      { text: kind },
      { text: id },
      createdAt === undefined ? { text: '' } : timeCell(createdAt),
    ],
  };
}

export function datasetHaystack(dataset: DatasetRow): string {
  const { name, digest, context = '', sourceType, source, schema = '' } = dataset;
  return [name, digest, context, sourceType, source, schema].join('\n').toLowerCase();
}

/** `UPLOAD_FAILED` as `Upload failed`. */
function nameStatus(status: string): string {
  const words = status.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
