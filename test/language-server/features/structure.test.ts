import { deepEqual, equal } from 'node:assert/strict';
import type { SelectionRange } from 'vscode-languageserver-types';
import { listCodeLenses } from '../../../language-server/features/codeLenses';
import { listDocumentSymbols } from '../../../language-server/features/documentSymbols';
import { listFoldingRanges } from '../../../language-server/features/foldingRanges';
import { growSelection } from '../../../language-server/features/selectionRanges';
import { parseDocument } from '../../../language-server/parseDocument';
import { atCaret } from './caret';
import { checkNesting, outline } from './outlines';

const text = `# What this
# project is
name: demo
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
    command: |
      python train.py \\
        {alpha} {data}

  # alone
  "":
    command: echo
`;
const parse = (source: string) => parseDocument('file:///project/MLproject', 'mlproject', source);

describe('The outline', () => {
  it('of an MLproject has its entry points and their parameters', () => {
    deepEqual(outline(listDocumentSymbols(parse(text))), [
      'name demo',
      'python_env python_env.yaml',
      'entry_points',
      '  main python train.py \\ {alpha} {data}',
      '    alpha float = 0.5',
      '    data path',
      '  "" echo',
    ]);
  });

  it('of environment files has their packages', () => {
    const conda = 'name: a\ndependencies:\n- python=3.11\n- pip:\n  - mlflow>=3\n';
    deepEqual(outline(listDocumentSymbols(parseDocument('file:///a/conda.yaml', 'condaEnv', conda))), [
      'name a',
      'dependencies',
      '  python=3.11',
      '  pip',
      '    mlflow>=3',
    ]);
    const python = 'python: "3.11"\ndependencies: [mlflow]\n';
    deepEqual(outline(listDocumentSymbols(parseDocument('file:///a/python_env.yaml', 'pythonEnv', python))), [
      'python 3.11',
      'dependencies',
      '  mlflow',
    ]);
  });

  it('holds selections within ranges and children within parents, of whatever is written', () => {
    const shared =
      'x: &p {a: int}\nentry_points:\n  m:\n    parameters: *p\n    <<: {command: b}\n  ? [c]\n  : d\n';
    for (const source of [text, shared, '', '- a', 'entry_points: &e {a: *e}', '? : ']) {
      for (const symbol of listDocumentSymbols(parse(source))) checkNesting(symbol);
    }
  });
});

describe('Folding', () => {
  it('folds keys, commands and comments, and no line breaks behind them', () => {
    deepEqual(
      listFoldingRanges(parse(text)).map(({ startLine, endLine, kind }) => [startLine, endLine, kind]),
      [
        [0, 1, 'comment'],
        [4, 15, undefined],
        [5, 11, undefined],
        [6, 8, undefined],
        [9, 11, undefined],
        [14, 15, undefined],
      ],
    );
  });
});

describe('Selection', () => {
  it('grows from a name to its placeholder, word, command, entry point and so on', () => {
    const { document, offset } = atCaret('entry_points:\n  main:\n    command: python a.py --x={al‸pha}\n');
    const grown: string[] = [];
    for (let at: SelectionRange | undefined = growSelection(document, offset); at; at = at.parent) {
      const { start, end } = at.range;
      grown.push(document.text.slice(document.lines.offsetAt(start), document.lines.offsetAt(end)));
    }
    deepEqual(grown, [
      'alpha',
      '{alpha}',
      '--x={alpha}',
      'python a.py --x={alpha}',
      'command: python a.py --x={alpha}',
      'main:\n    command: python a.py --x={alpha}',
      document.text.trim(),
      document.text,
    ]);
  });
});

describe('Code lenses', () => {
  it('stand on each entry point, for commands that the client has', () => {
    const lenses = listCodeLenses(parse(text), ['mlflow.project.run', 'mlflow.project.debug']);
    deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [5, 'Run'],
        [5, 'Debug'],
        [14, 'Run'],
        [14, 'Debug'],
      ],
    );
    deepEqual(lenses[0]?.command?.arguments, [{ uri: 'file:///project/MLproject', entryPoint: 'main' }]);
    equal(listCodeLenses(parse(text), []).length, 0);
  });
});
