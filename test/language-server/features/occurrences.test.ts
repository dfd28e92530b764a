import { deepEqual, equal } from 'node:assert/strict';
import { findDefinition } from '../../../language-server/features/definition';
import { listDocumentLinks } from '../../../language-server/features/documentLinks';
import { findReferences, highlightOccurrences } from '../../../language-server/features/references';
import { prepareRename, renameParameter } from '../../../language-server/features/rename';
import { atCaret, factsWith, mark, projectUri } from './caret';

const project = (command: string, more = '') => `conda_env: conda.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      "beta": string
    command: ${command}
  other:
    parameters: {alpha: float}
    command: python other.py {alpha}
${more}`;

function highlighted(marked: string): string {
  const { document, offset } = atCaret(marked);
  return mark(
    document,
    highlightOccurrences(document, offset).map(({ range }) => range),
  );
}

describe('A parameter of an entry point', () => {
  it('is marked where it is declared and used, in that entry point only', () => {
    const expected = project('python a.py {alpha} --again {alpha!s:>3} {beta}')
      .replace('alpha:', '«alpha»:')
      .replace('{alpha}', '{«alpha»}')
      .replace('{alpha!s:>3}', '{«alpha»!s:>3}');
    equal(highlighted(project('python a.py {al‸pha} --again {alpha!s:>3} {beta}')), expected);
    equal(
      highlighted(project('python a.py {alpha} --again {alpha!s:>3} {beta}').replace('alpha:', 'alpha‸:')),
      expected,
    );
  });

  it('is found in quotes, and in commands of several lines', () => {
    const written = project('>-\n      python a.py\n      {be‸ta} {alpha}');
    equal(highlighted(written), written.replace('"beta"', '"«beta»"').replace('{be‸ta}', '{«beta»}'));
  });

  it('is found in what calls the entry point: mlflow run . -e other -P alpha=…', () => {
    const written = project('mlflow run . -e other -P al‸pha={beta}');
    equal(
      highlighted(written),
      written
        .replace('-P al‸pha', '-P «alpha»')
        .replace('{alpha: float}', '{«alpha»: float}')
        .replace('other.py {alpha}', 'other.py {«alpha»}'),
    );
  });

  it('is one for all entry points that share it by an anchor', () => {
    const text = `entry_points:
  a:
    parameters: &all {alpha: float}
    command: python a.py {al‸pha}
  b:
    parameters: *all
    command: python b.py {alpha}
`;
    equal(
      highlighted(text),
      text
        .replace('{alpha: float}', '{«alpha»: float}')
        .replace('{al‸pha}', '{«alpha»}')
        .replace('py {alpha}', 'py {«alpha»}'),
    );
  });

  it('is found without its declaration when that is not asked for', () => {
    const { document, offset } = atCaret(project('python a.py {alpha} {al‸pha}'));
    equal(findReferences(document, offset, true).length, 3);
    equal(findReferences(document, offset, false).length, 2);
  });

  it('is renamed everywhere', () => {
    const { document, offset } = atCaret(project('python a.py {be‸ta}'));
    equal(prepareRename(document, offset)?.placeholder, 'beta');
    const renaming = renameParameter(document, offset, 'gamma');
    const edits = renaming?.kind === 'edit' ? (renaming.edit.changes?.[projectUri] ?? []) : [];
    equal(
      mark(
        document,
        edits.map(({ range }) => range),
      ),
      project('python a.py {«beta»}').replace('"beta"', '"«beta»"'),
    );
    deepEqual(new Set(edits.map(({ newText }) => newText)), new Set(['gamma']));
  });

  for (const name of ['', 'a b', '1a', 'a.b', 'a}', 'yes', 'null', 'alpha']) {
    it(`is not renamed to ${JSON.stringify(name)}`, () => {
      const { document, offset } = atCaret(project('python a.py {be‸ta}'));
      equal(renameParameter(document, offset, name)?.kind, 'refused');
    });
  }

  it('is nothing that lies elsewhere', () => {
    const { document, offset } = atCaret(project('py‸thon a.py'));
    equal(prepareRename(document, offset), undefined);
    equal(renameParameter(document, offset, 'a'), undefined);
    deepEqual(highlightOccurrences(document, offset), []);
  });
});

describe('Definition', () => {
  const facts = factsWith('conda.yaml', 'src/a.py', 'pkg/mod.py', 'src/tool/__main__.py');
  /** The definition's text in this document, or the other file's path. */
  const defined = (marked: string) => {
    const { document, offset } = atCaret(marked);
    return findDefinition(document, offset, facts).map(({ uri, range }) =>
      uri === projectUri
        ? document.text.slice(document.lines.offsetAt(range.start), document.lines.offsetAt(range.end))
        : uri.replace('file:///project/', ''),
    );
  };

  it('of a placeholder is the parameter', () => {
    deepEqual(defined(project('python a.py {be‸ta}')), ['beta']);
    deepEqual(defined(project('python a.py {miss‸ing}')), []);
  });

  it('of an entry point that is called is its name', () => {
    deepEqual(defined(project('mlflow run . -e oth‸er')), ['other']);
    deepEqual(defined(project('mlflow run https://a.b/c -e oth‸er')), []);
  });

  it('of an environment file, a script or a module is the file, if it is there', () => {
    deepEqual(defined(project('python a.py').replace('conda.yaml', 'con‸da.yaml')), ['conda.yaml']);
    deepEqual(defined(project('cd src && python ‸a.py')), ['src/a.py']);
    deepEqual(defined(project('python -m pkg.m‸od')), ['pkg/mod.py']);
    deepEqual(defined(project('cd src && python -m to‸ol')), ['src/tool/__main__.py']);
    deepEqual(defined(project('python missing‸.py')), []);
    deepEqual(defined(project('python {al‸pha}.py')), ['alpha']);
  });

  it('files that are there are links', () => {
    const { document } = atCaret(project('python src/a.py && python missing.py'));
    const links = listDocumentLinks(document, facts, []);
    equal(
      mark(
        document,
        links.map(({ range }) => range),
      ),
      project('python «src/a.py» && python missing.py').replace('conda.yaml', '«conda.yaml»'),
    );
  });
});
