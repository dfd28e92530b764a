import { shellQuote } from '../../language-server/documents/shellQuote';

/** A command for a POSIX shell that sends the text as it is: nothing in it is read by the shell or as a file's name. */
export function composeCurl(address: string, text: string): string {
  const header = shellQuote('Content-Type: application/json');
  return `curl -sS ${shellQuote(`${address}/invocations`)} -H ${header} --data-raw ${shellQuote(text)}`;
}
