import type { Connection } from 'vscode-languageserver';
import type { FindStored } from './features/storedIds';
import { storedRequest } from './protocol';

/** Asks the client, which alone speaks to tracking stores. Never rejects. */
export function clientStored({ sendRequest }: Pick<Connection, 'sendRequest'>): FindStored {
  return async (target) => {
    try {
      return (await sendRequest<string | null>(storedRequest, target)) ?? undefined;
    } catch {
      return undefined;
    }
  };
}
