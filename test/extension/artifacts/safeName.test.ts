import { equal, match } from 'node:assert/strict';
import { explainUnsafeTarget, toFileName } from '../../../extension/artifacts/safeName';

describe('safe names of downloaded artifacts', () => {
  const refused = [
    ...['', '..', '../a', 'a/../../b', 'a/..;/b', '%2e%2e/a', '%252e%252e%252fa', '/etc/passwd', '%2fetc'],
    ...['a\\b', '..\\a', 'C:/a', 'c:a', 'a\0b', 'a%00b', 'a//b', 'a/./b', 'a/', 'x'.repeat(256)],
    `%${'25'.repeat(20)}2e`,
  ];
  for (const path of refused)
    it(`refuses ${JSON.stringify(path.slice(0, 40))}`, () => {
      match(explainUnsafeTarget(path, 'linux') ?? '', /^The path .*\.$/);
    });

  for (const path of ['a', 'a/b.txt', '...', '.hidden', 'a#b?c', '100%', 'a%20b', 'CON', 'x'.repeat(255)])
    it(`takes ${JSON.stringify(path.slice(0, 40))}`, () => {
      equal(explainUnsafeTarget(path, 'linux'), undefined);
    });

  for (const path of ['CON', 'a/nul.txt', 'com1', 'a.', 'a ', 'ab:c', 'a?', 'a\nb'])
    it(`refuses ${JSON.stringify(path)} on Windows`, () => {
      match(explainUnsafeTarget(path, 'win32') ?? '', /Windows/);
    });

  it('proposes names that any machine takes', () => {
    equal(toFileName('a/b:c'), 'a_b_c');
    equal(toFileName('..'), '_');
    equal(toFileName('nul.txt'), '_nul.txt');
    equal(toFileName('é'.repeat(300)), 'é'.repeat(60));
    for (const name of ['x\\..', ' . ', 'CON', '\u202e\0', 'COM¹'].map(toFileName))
      equal(explainUnsafeTarget(name, 'win32'), undefined, name);
  });
});
