import { shellQuote } from '../../language-server/documents/shellQuote';
import { plainText } from '../ui/text';

/** In characters; what is longer is run all the same. */
const longestShown = 2_000;

/** A `mlflow run` as a person reads it, an option a line; `args` are those behind `mlflow run`. */
export function showWholeCommand([place = '', ...options]: readonly string[]): string {
  const lines = [`mlflow run ${showCommand([place])}`];
  for (let at = 0; at < options.length; at += 2) lines.push(showCommand(options.slice(at, at + 2)));
  return `${lines.join(' \\\n  ')}\n`;
}

/** An argument vector as a person reads it, each argument as a shell would want it. It is shown only, never run. */
export function showCommand(args: readonly string[]): string {
  return args.map((one) => plainText(shellQuote(one), longestShown)).join(' ');
}
