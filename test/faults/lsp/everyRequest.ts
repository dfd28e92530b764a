import {
  LSPErrorCodes,
  ErrorCodes,
  type Position,
  type Range,
  ResponseError,
} from 'vscode-languageserver/node';
import { endBy } from '../measuredProcess';
import type { Findings } from './findings';

export interface Asked {
  readonly method: string;
  readonly params: object;
}

/** Sends a request and answers its result; rejects with the error that it was answered with. */
export type Ask = (method: string, params: object) => Promise<unknown>;

/** Longer than any machine is busy: what takes this long never ends. */
const never = 60_000;

const formatting = { tabSize: 2, insertSpaces: true };

/** Whatever the server can be asked of a document, once. */
export function requestsAbout(uri: string, whole: Range): readonly Asked[] {
  const about = { textDocument: { uri } };
  return [
    { method: 'textDocument/diagnostic', params: about },
    { method: 'textDocument/documentSymbol', params: about },
    { method: 'textDocument/foldingRange', params: about },
    { method: 'textDocument/documentLink', params: about },
    { method: 'textDocument/codeLens', params: about },
    { method: 'textDocument/semanticTokens/full', params: about },
    { method: 'textDocument/semanticTokens/range', params: { ...about, range: whole } },
    { method: 'textDocument/inlayHint', params: { ...about, range: whole } },
    { method: 'textDocument/codeAction', params: { ...about, range: whole, context: { diagnostics: [] } } },
    { method: 'textDocument/formatting', params: { ...about, options: formatting } },
    { method: 'textDocument/rangeFormatting', params: { ...about, range: whole, options: formatting } },
  ];
}

/** Whatever it can be asked of a place in a document. */
export function requestsAt(uri: string, position: Position): readonly Asked[] {
  const at = { textDocument: { uri }, position };
  const range = { start: position, end: position };
  return [
    { method: 'textDocument/completion', params: at },
    { method: 'textDocument/hover', params: at },
    { method: 'textDocument/definition', params: at },
    { method: 'textDocument/references', params: { ...at, context: { includeDeclaration: true } } },
    { method: 'textDocument/documentHighlight', params: at },
    { method: 'textDocument/prepareRename', params: at },
    { method: 'textDocument/rename', params: { ...at, newName: 'renamed' } },
    {
      method: 'textDocument/selectionRange',
      params: { textDocument: at.textDocument, positions: [position] },
    },
    {
      method: 'textDocument/codeAction',
      params: { textDocument: at.textDocument, range, context: { diagnostics: [] } },
    },
  ];
}

/** Asks one thing after the other. Answers the longest wait, in ms, and what it was for. */
export async function askAll(
  ask: Ask,
  requests: readonly Asked[],
  findings: Findings,
): Promise<{ readonly ms: number; readonly method: string }> {
  let longest = { ms: 0, method: '' };
  for (const { method, params } of requests) {
    const start = performance.now();
    try {
      await endBy(never, ask(method, params));
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      if (!isRefusal(method, error)) findings.add('answers', `${method}: ${error.message}`);
    }
    const ms = performance.now() - start;
    if (ms > longest.ms) longest = { ms, method };
  }
  return longest;
}

/** That a name can't be given is told as an error, as the protocol has it. */
function isRefusal(method: string, { code }: ResponseError<unknown>): boolean {
  return method === 'textDocument/rename' && code === ErrorCodes.InvalidParams;
}

export function isCancelled(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
}
