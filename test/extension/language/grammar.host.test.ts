import { ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { projectRoot } from '../../support/cache';

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}
/** As much of VS Code's own vscode-textmate and vscode-oniguruma as this needs. */
interface Grammar {
  tokenizeLine(
    line: string,
    state: unknown,
  ): { readonly tokens: readonly Token[]; readonly ruleStack: unknown };
}
interface TextMate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar> };
  parseRawGrammar(text: string, path: string): unknown;
}
interface Oniguruma {
  readonly OnigScanner: new (patterns: readonly string[]) => unknown;
  readonly OnigString: new (text: string) => unknown;
  loadWASM(data: ArrayBufferLike): Promise<void>;
}

const text = `entry_points:
  plain:
    command: python a.py --lr {alpha} 'it {beta}' \${BAD} # note
    description: don't {this}
  quoted:
    command: "python a.py --x=\${{HOME}} {alpha:>3} | tee $1"
  block:
    command: |
      if true; then
        python a.py --y "{beta}"
      fi
  flow: {command: "python {alpha}"}
name: "{name}"
`;

describe('The colours of an MLproject', () => {
  let scopes: (word: string, line: number) => string;

  before(async () => {
    const lines = await tokenize(text);
    scopes = (word, line) => {
      const token = lines[line]?.find((one) => one.text === word);
      return token?.scopes.join(' ') ?? `no token ${word}`;
    };
  });

  const expected: readonly (readonly [what: string, word: string, line: number, scope: RegExp])[] = [
    ['a key', 'entry_points', 0, /entity\.name\.tag/],
    ['a parameter in a command', 'alpha', 2, /variable\.parameter\.mlproject/],
    [
      'a parameter within quotes of the shell',
      'beta',
      2,
      /string\.quoted\.single\.shell.*variable\.parameter/,
    ],
    ['a variable as MLflow cannot take it', '${BAD}', 2, /invalid\.illegal/],
    ['a comment', ' note', 2, /comment\.line/],
    ['a program', 'python', 2, /entity\.name\.command\.shell/],
    ['what follows an apostrophe', 'command', 5, /entity\.name\.tag/],
    ['an option', '--lr', 2, /constant\.other\.option\.shell/],
    ['an option in a quoted command', '--x', 5, /constant\.other\.option\.shell/],
    ['a parameter in a quoted command', 'alpha', 5, /variable\.parameter\.mlproject/],
    ["a parameter's form", ':>3', 5, /constant\.other\.placeholder/],
    ["a command's closing quote", '"', 5, /string\.quoted\.double\.yaml/],
    ["the shell's words", 'fi', 10, /keyword\.control\.fi\.shell/],
    ['a parameter in a flow mapping', 'alpha', 11, /variable\.parameter\.mlproject/],
  ];
  for (const [what, word, line, scope] of expected) {
    it(`are right for ${what}`, () => {
      ok(scope.test(scopes(word, line)), scopes(word, line));
    });
  }

  it('leave text alone that is no command', () => {
    ok(!scopes('{name}', 12).includes('variable.parameter'));
  });
});

/** The tokens of each line, by VS Code's own tokenizer and grammars. */
async function tokenize(source: string): Promise<readonly (readonly (Token & { text: string })[])[]> {
  const load = createRequire(join(vscode.env.appRoot, 'package.json'));
  const textMate = load('vscode-textmate') as TextMate;
  const { OnigScanner, OnigString, ...oniguruma } = load('vscode-oniguruma') as Oniguruma;
  const wasm = await readFile(load.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const paths = grammarPaths();
  const registry = new textMate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: readonly string[]) => new OnigScanner(patterns),
      createOnigString: (string: string) => new OnigString(string),
    }),
    loadGrammar: async (scope: string) => {
      const path = paths.get(scope);
      return path === undefined ? null : textMate.parseRawGrammar(await readFile(path, 'utf8'), path);
    },
  });
  const grammar = await registry.loadGrammar('source.mlproject');
  let state = textMate.INITIAL;
  return source.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map((token) => ({ ...token, text: line.slice(token.startIndex, token.endIndex) }));
  });
}

/** Of all grammars that VS Code has, and ours as it is in this checkout. */
function grammarPaths(): ReadonlyMap<string, string> {
  const all = vscode.extensions.all.flatMap(({ extensionPath, packageJSON }) => {
    const { contributes } = packageJSON as {
      readonly contributes?: { readonly grammars?: readonly { scopeName: string; path: string }[] };
    };
    const grammars = contributes?.grammars ?? [];
    return grammars.map(({ scopeName, path }) => [scopeName, join(extensionPath, path)] as const);
  });
  return new Map([...all, ['source.mlproject', join(projectRoot(), 'syntaxes/mlproject.tmLanguage.json')]]);
}
