import { deepEqual, equal, ok } from 'node:assert/strict';
import { saysTheSame } from '../../../language-server/documents/sameYaml';
import { formatDocument } from '../../../language-server/features/format';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { corpusCases, mutatedCases, probeCases } from '../../agree/cases';
import { randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { applyTextEdits, openCase, openText } from './openText';

function format(document: OpenDocument, tabSize = 2): string {
  return applyTextEdits(document, formatDocument(document, { tabSize }));
}

const becomes = (before: string, after: string, tabSize?: number) =>
  equal(format(openText(before), tabSize), after);

describe('Formatting', () => {
  it('sets every level in by the same', () => {
    becomes(
      'entry_points:\n    main:\n       parameters:\n         a: float\n       command: run {a}\n',
      'entry_points:\n  main:\n    parameters:\n      a: float\n    command: run {a}\n',
    );
    becomes(
      'docker_env:\n volumes:\n - a\n -   b\n',
      'docker_env:\n    volumes:\n        - a\n        - b\n',
      4,
    );
  });

  it('moves a block scalar as a whole and leaves its text alone', () => {
    becomes(
      'entry_points:\n    main:\n        command: |\n            if a; then   \n              b\n\n\n            fi\n',
      'entry_points:\n  main:\n    command: |\n      if a; then   \n        b\n\n\n      fi\n',
    );
  });

  it('moves text that goes on in the next line as its first line', () => {
    becomes(
      'entry_points:\n    main:\n        command: "run\n                  {a}"\n',
      'entry_points:\n  main:\n    command: "run\n              {a}"\n',
    );
  });

  it('keeps comments at what they are about', () => {
    becomes(
      '# top\nentry_points:\n    # about main\n    main:\n        command: a   # why\n        # last of main\n    # last of all\nname: x',
      '# top\nentry_points:\n  # about main\n  main:\n    command: a   # why\n    # last of main\n  # last of all\nname: x\n',
    );
  });

  it('writes one space where one is wanted and none elsewhere', () => {
    becomes('name :   x  \nx: { a : 1 ,b:  [ 1,2 ] , "c":3 }\n', 'name: x\nx: {a: 1, b: [1, 2], "c": 3}\n');
  });

  it('leaves at most one blank line, none at the ends, and one line break at the last', () => {
    becomes(
      '\n\nname: x\n\n \n\nentry_points:\n\n  main: {command: a}\n\n\n',
      'name: x\n\nentry_points:\n\n  main: {command: a}\n',
    );
  });

  it('keeps the line ends of the file', () => {
    becomes('a:\r\n    b: 1\r\n\r\n\r\nc: 2', 'a:\r\n  b: 1\r\n\r\nc: 2\r\n');
  });

  it('leaves broken YAML alone', () => {
    becomes('a:   1\nb: [\n', 'a:   1\nb: [\n');
  });

  it('of a range changes its lines alone', () => {
    const document = openText('name:   x\nx:   1\ny:   2\n');
    const edits = formatDocument(
      document,
      { tabSize: 2 },
      { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
    );
    equal(applyTextEdits(document, edits), 'name:   x\nx: 1\ny:   2\n');
  });

  it(`says the same afterwards, and is done after once (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const real = [...corpusCases().cases, ...probeCases().cases];
    const cases = [...real, ...mutatedCases(real, 2_000, randomNumbers(testSeed))];
    for (const one of cases) {
      const document = openCase(one);
      const once = openCase({ ...one, text: format(document) });
      const { name, text } = one;
      ok(saysTheSame(document.model.yaml, once.model.yaml), `${name}:\n${text}\n---\n${once.text}`);
      equal(format(once), once.text, name);
    }
  });

  it('refuses no real file', () => {
    const refused = corpusCases().cases.filter(({ text }) => {
      const document = openText(`${text}\nx-probe:   1`);
      return document.model.yaml.errors.length === 0 && !/x-probe: 1\r?\n$/.test(format(document));
    });
    deepEqual(
      refused.map(({ name, text }) => `${name}:\n${text}`),
      [],
    );
  });
});
