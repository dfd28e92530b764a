import { deepEqual, throws } from 'node:assert/strict';
import { readAnyYaml } from '../../../../extension/tracking/file/anyYaml';

describe('A meta.yaml that is not as MLflow writes most', () => {
  const read = (text: string) => Object.fromEntries(readAnyYaml(text));

  it('may hold separators of lines and paragraphs, which PyYAML takes for line breaks', () => {
    // What yaml.safe_dump makes of "\u2028" and of "a\u2029b".
    deepEqual(read("description: '\u2028  '\n"), { description: '\u2028' });
    deepEqual(read("name: 'a\u2029  b'\n"), { name: 'a\u2029b' });
  });

  it('takes the last of equal keys, and lists for nothing', () => {
    deepEqual(read('a: 1\na: 2\nb: [1, 2]\n'), { a: 2 });
  });

  it('is damaged by an object of somebody’s own', () => {
    throws(() => read('a: !!python/object/apply:os.getcwd []\n'), /object of a kind/);
  });
});
