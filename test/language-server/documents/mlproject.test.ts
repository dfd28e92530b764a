import { deepEqual, equal } from 'node:assert/strict';
import { templateFields } from '../../../language-server/documents/commandTemplate';
import { readMlproject } from '../../../language-server/documents/mlproject';
import { decodedOffset, sourceRange } from '../../../language-server/documents/yamlRead';
import { parseYaml } from '../../../language-server/documents/yamlText';

/** What the document holds where the fields of main's command are written. */
function writtenFields(command: string): readonly (string | undefined)[] {
  const text = `entry_points:\n  main:\n    command: ${command}\n`;
  const [main] = readMlproject(parseYaml(text)).entryPoints;
  const read = main?.command;
  return read
    ? templateFields(read.template).map(({ range }) => {
        const { start, end } = sourceRange(read.node, range);
        equal(decodedOffset(read.node, start), range.start);
        return text.slice(start, end);
      })
    : [];
}

describe('an MLproject with ranges', () => {
  for (const command of [
    'python a.py {alpha} {beta}',
    '"python \\"a.py\\" {alpha}\\t{beta}"',
    "'it''s {alpha} {beta}'",
    'python a.py {alpha}\n      {beta}',
    '>-\n      python a.py\n\n      {alpha}\n      {beta}',
    '|\n      python a.py \\\n        {alpha} {beta}',
  ]) {
    it(`a command's fields are found where they are written: ${JSON.stringify(command)}`, () =>
      deepEqual(writtenFields(command), ['{alpha}', '{beta}']));
  }

  it('half-typed keys leave the rest readable', () => {
    const text =
      'name: x\nentry_points:\n  main:\n    comm\n    parameters: {a: path}\n  test:\n    command: echo a: {b}\n';
    const model = readMlproject(parseYaml(text));
    deepEqual(
      model.entryPoints.map(({ name, parameters, command }) => [name, parameters.length, command?.text]),
      [
        ['main', 1, undefined],
        ['test', 0, 'echo a: {b}'],
      ],
    );
    equal(model.yaml.errors.length, 2);
  });
});
