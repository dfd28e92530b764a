import type { FileKind } from './protocol';

/** What lies on disk, or wherever the client's files lie, around the documents that are open. URIs throughout. */
export interface FileReader {
  /** `missing` where nothing is; `unknown` where it cannot be told (no permission, a scheme nobody reads). */
  kindOf(uri: string): Promise<FileKind>;
  /** As UTF-8; undefined where there is no file, or one of more bytes than that. An open document's text comes first. */
  readText(uri: string, mostBytes: number): Promise<string | undefined>;
  /** What lies directly in a folder; empty where it cannot be read. */
  list(uri: string): Promise<readonly FileEntry[]>;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
}

/** The URI of a path relative to a folder's URI, which ends in `/`; undefined for one that is absolute or leads out of every root. */
export function resolvePath(folderUri: string, path: string): string | undefined {
  if (path === '' || path.includes('\0') || /^([a-z][a-z\d+.-]*:|[/\\])/i.test(path)) return undefined;
  try {
    const encoded = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
    return new URL(encoded, folderUri).href;
  } catch {
    return undefined;
  }
}

/** The folder that a document lies in, with `/` at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** Nothing can be read. */
export const noFiles: FileReader = {
  kindOf: () => Promise.resolve('unknown'),
  readText: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
};

/** `file:` URIs are read by the one, all others by the other. */
export function routeFiles(local: FileReader, others: FileReader): FileReader {
  const readerOf = (uri: string) => (uri.startsWith('file:') ? local : others);
  return {
    kindOf: (uri) => readerOf(uri).kindOf(uri),
    readText: (uri, mostBytes) => readerOf(uri).readText(uri, mostBytes),
    list: (uri) => readerOf(uri).list(uri),
  };
}

/** Whether MLflow takes a file of this name for a folder's MLproject. */
export function isMlprojectName(name: string): boolean {
  return name.toLowerCase() === 'mlproject';
}

/** Whether MLflow takes a file of this name for a folder's MLmodel. */
export function isMlmodelName(name: string): boolean {
  return name === 'MLmodel';
}

/** Whether a file of this name is an MLproject or MLmodel. */
export function isOwnerName(name: string): boolean {
  return isMlprojectName(name) || isMlmodelName(name);
}

/** The name of a file, as its URI says it. */
export function nameOf(uri: string): string {
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
