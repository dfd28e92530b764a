import { boundText } from '../ui/boundText';
import type { FileRow } from '../../webviews/protocol/modelPreview';
import { listCompanions } from './companions';
import type { ReadModel } from './readModel';
import type { FileText } from './fileText';

/** The files that a model names, itself first; of those that need not be there only those that are. `isStored`: a store keeps them. */
export function composeFiles({ model, texts, problem }: ReadModel, isStored: boolean): readonly FileRow[] {
  const state = problem === undefined ? 'there' : 'missing';
  const opens = problem === undefined;
  const own: FileRow = { name: 'MLmodel', role: 'what is shown here', state, isFolder: false, opens };
  const others = listCompanions(model)
    .map(({ name, role, isOptional }) => ({ row: toRow(name, role, texts.get(name)), isOptional }))
    .filter(({ row, isOptional }) => !isOptional || row.state === 'there');
  return [own, ...others.map(({ row }) => (row.isFolder && isStored ? { ...row, opens: false } : row))];
}

function toRow(name: string, role: string, file: FileText | undefined): FileRow {
  const state = stateOf(file);
  const row = {
    name: boundText(name),
    role: boundText(role),
    state,
    isFolder: false,
    opens: state !== 'missing',
  };
  if (file?.kind !== 'there') return row;
  const { size, isFolder = false } = file;
  return { ...row, isFolder, ...(size === undefined ? {} : { size }) };
}

function stateOf(file: FileText | undefined): FileRow['state'] {
  switch (file?.kind) {
    case 'text':
    case 'there':
      return 'there';
    case 'missing':
    case 'failed':
    case 'unlisted':
      return file.kind;
    case 'loading':
    case undefined:
      return 'loading';
  }
}
