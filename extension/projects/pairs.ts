import { shellQuote } from '../../language-server/documents/shellQuote';

/** What `name=value "other name=a b"` means, or what is wrong with it. */
export interface Pairs {
  readonly pairs: readonly (readonly [name: string, value: string])[];
  readonly problem?: string | undefined;
}

/** Quotes as in a shell, and nothing else of a shell: no variable, no substitution, no escape but `\"` and `\\` in double quotes. */
const word = /\s*((?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|[^\s'"])+)/y;

/** Reads names and values as somebody types them in one line; a name alone means an empty value where flags are allowed. */
export function readPairs(text: string, allowsFlags = false): Pairs {
  const pairs: [string, string][] = [];
  word.lastIndex = 0;
  let end = 0;
  for (let match = word.exec(text); match; match = word.exec(text)) {
    end = word.lastIndex;
    const plain = unquote(match[1] ?? '');
    const at = plain.indexOf('=');
    if (at < 1 && !(allowsFlags && at < 0))
      return { pairs, problem: `“${plain}” is not of the form name=value.` };
    pairs.push(at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)]);
  }
  if (text.slice(end).trim() !== '') return { pairs, problem: 'A quote is not closed.' };
  const twice = pairs.find(([name], index) => pairs.findIndex((other) => other[0] === name) !== index);
  return { pairs, problem: twice && `${twice[0]} is given twice.` };
}

/** The line that `readPairs` reads as these pairs. */
export function writePairs(pairs: readonly (readonly [string, string])[], allowsFlags = false): string {
  const write = (name: string, value: string): string =>
    allowsFlags && value === '' ? name : `${name}=${shellQuote(value)}`;
  return pairs.map(([name, value]) => write(name, value)).join(' ');
}

function unquote(text: string): string {
  return text.replace(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g,
    (_, single?: string, double?: string) => single ?? (double ?? '').replace(/\\(["\\])/g, '$1'),
  );
}
