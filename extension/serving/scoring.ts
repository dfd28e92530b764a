import { parse, stringify } from 'lossless-json';
import { localClient } from '../processes/localClient';
import { HttpStatusError } from '../tracking/rest/httpStatus';

/** A model server's answer. */
export interface Scored {
  /** The HTTP status: 200, or 4xx and 5xx with the server's word on what is wrong. */
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

/** A prediction may take long; the server itself gives up after a minute unless told otherwise. */
const answerMs = 15 * 60_000;

/**
 * Sends the text as it is to `/invocations`. An answer that says what is wrong is an answer; rejects with a TrackingError
 * where there is none, or with the signal's reason.
 */
export async function sendRequest(address: string, text: string, signal: AbortSignal): Promise<Scored> {
  const client = localClient(address, answerMs);
  const start = performance.now();
  const finish = (status: number, reply: string): Scored => {
    return { status, ms: Math.round(performance.now() - start), text: reply };
  };
  try {
    const request = { method: 'POST', path: '/invocations', text, isRepeatable: false } as const;
    const chunks = await client.send(request, signal);
    return finish(200, Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    if (error instanceof HttpStatusError) return finish(error.status, error.text);
    throw error;
  }
}

/** The answer as a JSON document, with every digit as the server wrote it. */
export function formatReply({ status, ms, text }: Scored): string {
  return `{\n  "status": ${status},\n  "milliseconds": ${ms},\n  "reply": ${formatJson(text)}\n}\n`;
}

function formatJson(text: string): string {
  try {
    const pretty = stringify(parse(text), undefined, 2) ?? '';
    return pretty.replaceAll('\n', '\n  ');
  } catch {
    // Python writes NaN and Infinity, which are no JSON, but say more as they are than in quotes.
    return /^\s*[[{]/.test(text) ? text.trim() : JSON.stringify(text);
  }
}
