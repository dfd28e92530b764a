import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/cache';

describe('The language client', () => {
  const speaksLsp = (bundle: string) =>
    readFileSync(join(projectRoot(), 'dist', bundle), 'utf8').includes('textDocument/didOpen');

  it('lies in a bundle of its own, which activate() does not read', () => {
    ok(speaksLsp('client.js'));
    ok(!speaksLsp('extension.js'), 'dist/extension.js holds the language client');
  });
});

describe('The bundles for the web', () => {
  const most = { 'web/extension.js': 450_000, 'web/language-server.js': 620_000 };
  for (const [bundle, limit] of Object.entries(most)) {
    it(`${bundle} asks for nothing of Node.js and is smaller than ${limit / 1000} kB`, () => {
      const path = join(projectRoot(), 'dist', bundle);
      const required = [...readFileSync(path, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(
        ([, name]) => name,
      );
      deepEqual(
        required.filter((name) => name !== 'vscode'),
        [],
      );
      ok(statSync(path).size < limit, String(statSync(path).size));
    });
  }
});
