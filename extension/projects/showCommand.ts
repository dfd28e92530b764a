import { shellQuote } from '../../language-server/documents/shellQuote';
import { plainText } from '../ui/text';

/** In characters; what is longer is run all the same. */
const longestShown = 2_000;

/** An argument vector as a person reads it, each argument as a shell would want it. It is shown only, never run. */
export function showCommand(args: readonly string[]): string {
  return args.map((one) => plainText(shellQuote(one), longestShown)).join(' ');
}
