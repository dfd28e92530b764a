import type { Artifact } from '../../model';
import { readField, readInt64, readOptionalText, type Fields } from './fields';

/** A `FileInfo` message of `artifacts/list` (reference/REST.md §5); undefined without a path. */
export function decodeArtifact(fields: Fields): Artifact | undefined {
  const path = readOptionalText(fields, 'path');
  if (path === undefined) return undefined;
  const isDirectory = readField(fields, 'is_dir') === true;
  const size = readInt64(fields, 'file_size');
  return { path, isDirectory, size: isDirectory || size === undefined ? undefined : Number(size) };
}
