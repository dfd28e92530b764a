import { deepEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Example } from './architecture/rule';
import { rules } from './architecture/rules';
import { parse, readSources } from './architecture/source';
import { projectRoot } from './support/cache';

const root = projectRoot();
const folders = ['extension', 'language-server', 'webviews', 'test', 'scripts'];
const sources = readSources(
  root,
  folders.filter((folder) => existsSync(join(root, folder))),
);

describe('The architecture', () => {
  for (const rule of rules) {
    it(rule.name, () => {
      const violations = sources.flatMap((source) =>
        check(rule, source, sources).map(({ line, what }) => `${source.path}:${line}: ${what}`),
      );
      deepEqual(violations, [], `${violations.length} × not "${rule.name}"`);
    });
  }
});

describe('The rules of the architecture', () => {
  for (const rule of rules) {
    const findings = (example: Example) => {
      const files = Object.entries(example).map(([path, text]) => parse(path, text));
      return files.slice(0, 1).flatMap((file) => check(rule, file, files));
    };

    it(`catch what breaks "${rule.name}"`, () => {
      for (const example of rule.caught) ok(findings(example).length > 0, JSON.stringify(example));
    });

    it(`let pass what keeps "${rule.name}"`, () => {
      for (const example of rule.passes) deepEqual(findings(example), [], JSON.stringify(example));
    });
  }

  it('exempt only files that exist', () => {
    const stale = rules.filter(({ except }) => except && !sources.some(({ path }) => except.test(path)));
    deepEqual(
      stale.map(({ name }) => name),
      [],
    );
  });
});
