/**
 * The words of MLflow's search grammar. MLflow reads filters with sqlparse, a lenient reader of SQL; these are its rules
 * as far as they decide which filters for runs it accepts.
 */
export type TokenKind =
  | 'space'
  | 'name' // a word, `…`, or [a word in brackets]
  | 'symbol' // "…": a key or a value
  | 'string' // '…'
  | 'integer'
  | 'float'
  | 'comparator' // = >= LIKE, and also those that SQL has and MLflow does not, such as <>
  | 'keyword'
  | 'order' // ASC, DESC
  | 'dot' // also -> and ->>, which join names just so
  | 'wildcard'
  | '('
  | ')'
  | '['
  | ']'
  | 'other';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
}

// Python's \s, \w and sqlparse's letters, of which JavaScript's own classes differ.
const space = String.raw`[\s\u001c-\u001f\u0085]`;
const word = String.raw`[\p{L}\p{N}_]`;
const letter = String.raw`[A-Za-z\u00c0-\u00dc\u00e0-\u00f6\u00f8-\u00fc\u0130\u0131\u017f\u212a]`;
const edge = `(?!${word})`;
/** Before and after a number, where a letter or `_` would make it part of a word. */
const noWord = `(?!_|${letter})`;

/** Tried in this order at every position; the first that fits wins, however short. */
const rules: readonly (readonly [TokenKind, RegExp])[] = [
  ['other', rule(String.raw`(?:--|# )[^\r\n]*`)],
  ['space', rule(`(?:${space})+`)],
  ['other', rule(':[:=]')],
  ['wildcard', rule(String.raw`\*`)],
  ['name', rule('`(?:``|[^`])*`')],
  ['name', rule('´(?:´´|[^´])*´')],
  ['other', rule(String.raw`\?|%(?:\(${word}+\))?s|(?<!${word})[$:?]${word}+|\\${word}+`)],
  ['keyword', rule(`(?:CASE|IN|VALUES|USING|FROM|AS)${edge}`)],
  ['name', rule(`(?:@|##?)${letter}${word}+`)],
  ['name', rule(String.raw`${letter}${word}*(?=${space}*\.(?!\d))`)],
  ['name', rule(String.raw`(?<=\.)${letter}${word}*`)],
  ['name', rule(String.raw`${letter}${word}*(?=\()`)],
  ['other', rule(String.raw`-?0x[\dA-F]+`)],
  ['float', rule(String.raw`-?\d+(?:\.\d+)?E-?\d+`)],
  ['float', rule(String.raw`-?(?:\d+\.\d*|\.\d+)${noWord}`)],
  ['integer', rule(String.raw`-?\d+${noWord}`)],
  ['string', rule(String.raw`'(?:''|\\'|[^'])*'`)],
  ['symbol', rule(String.raw`"(?:""|\\"|[^"])*"`)],
  ['name', rule(String.raw`(?<!${word}|[\])])\[[^\][]+\]`)],
  ['order', rule(`(?:ASC|DESC)(?:${space}+NULLS${space}+(?:FIRST|LAST))?${edge}`)],
  ['keyword', rule(`NOT${space}+NULL${edge}`)],
  ['comparator', rule(`(?:NOT${space}+)?(?:LIKE|ILIKE|RLIKE|REGEXP)${edge}`)],
  ['keyword', rule(`(?:AND|OR|NOT|IS|NULL|BETWEEN|PARAMETERS?)(?!${word}|[$#])`)],
  ['name', rule(String.raw`${word}(?:${word}|[$#])*`)],
  ['dot', rule(String.raw`\.|->>?`)],
  ['other', rule('<@')],
  ['comparator', rule('[<>=~!]+')],
  ['(', rule(String.raw`\(`)],
  [')', rule(String.raw`\)`)],
  ['[', rule(String.raw`\[`)],
  [']', rule(String.raw`\]`)],
  ['other', rule('.')],
];

/** All tokens of the text, none lost: their texts together are the whole. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let offset = 0; offset < text.length;) {
    const token = readToken(text, offset);
    tokens.push(token);
    offset += token.text.length;
  }
  return tokens;
}

function readToken(text: string, offset: number): Token {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0];
    if (found) return { kind, text: found, offset };
  }
  return { kind: 'other', text: text.charAt(offset), offset };
}

function rule(source: string): RegExp {
  return new RegExp(source, 'iuys');
}
