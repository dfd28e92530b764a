import { ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
