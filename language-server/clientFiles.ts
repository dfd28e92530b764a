import type { Connection } from 'vscode-languageserver';
import type { FileEntry, FileReader } from './files';
import { type FileKind, type FileParams, fileRequests, type FileTextParams } from './protocol';

/** Files that the client reads: of schemes that only it knows, or all where the server runs in a browser. Nothing throws. */
export function clientFiles({ sendRequest }: Pick<Connection, 'sendRequest'>): FileReader {
  const ask = async <Answer>(method: string, params: FileParams | FileTextParams, unread: Answer) => {
    try {
      return (await sendRequest<Answer | null>(method, params)) ?? unread;
    } catch {
      return unread;
    }
  };
  return {
    kindOf: (uri) => ask<FileKind>(fileRequests.kind, { uri }, 'unknown'),
    readText: (uri, mostBytes) => ask<string | undefined>(fileRequests.text, { uri, mostBytes }, undefined),
    list: (uri) => ask<readonly FileEntry[]>(fileRequests.entries, { uri }, []),
  };
}
