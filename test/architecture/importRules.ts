import { findCycle, forbiddenImports, importFindings } from './findings';
import { programs, type Rule } from './rule';

/** Files of the extension that may know VS Code; all others are pure and run in plain Node. */
const knowsVsCode =
  /^extension\/((extension|browser|features|manifest|settings|session)|(connections|ui|language)\/.+|(?!(tracking|catalog|histories|processes|editing)\/)[^/]+\/(\w+(Tree|Panel|Dialog|FileSystem)|register|\w*[cC]ommands))\.ts$/;

const layers: readonly (readonly [rank: number, files: RegExp])[] = [
  [0, /^extension\/(extension|browser|features)$/],
  [2, /^extension\/(session|manifest|settings)$/],
  [2, /^extension\/(catalog|ui|connections|histories|processes|editing)\//],
  [3, /^extension\/tracking\//],
  [1, /^extension\/[^/]+\//],
];

/** Who may import whom. */
export const importRules: readonly Rule[] = [
  {
    name: "the extension sees only the other programs' contracts",
    where: /^extension\//,
    find: forbiddenImports(({ target, isOurs }) => isOurs && !isExtensionsBusiness(target)),
    caught: [
      { 'extension/a/b.ts': "import { x } from '../../language-server/server';" },
      { 'extension/a/b.ts': "import { x } from '../../language-server/features/hover';" },
      { 'extension/a/b.ts': "import type { x } from '../../webviews/shared/dom';" },
      { 'extension/a/b.ts': "const x = await import('../../language-server/protocols/x');" },
      { 'extension/a/b.ts': "export { x } from '../../test/support/until';" },
    ],
    passes: [
      {
        'extension/a/b.ts':
          "import '../../webviews/protocol/run'; import '../../language-server/protocol'; import '../../language-server/documents/yamlText'; import '../../language-server/knowledge/flavors'; import '../c'; import 'yaml';",
      },
    ],
  },
  {
    name: 'the server imports only itself and packages',
    where: /^language-server\//,
    find: forbiddenImports(({ target, isOurs }) => isOurs && !target.startsWith('language-server/')),
    caught: [{ 'language-server/a.ts': "import type { Run } from '../extension/tracking/model';" }],
    passes: [{ 'language-server/a.ts': "import { b } from './features/b'; import { c } from 'yaml';" }],
  },
  {
    name: 'the webviews import only themselves and packages',
    where: /^webviews\//,
    find: forbiddenImports(({ target, isOurs }) => isOurs && !target.startsWith('webviews/')),
    caught: [{ 'webviews/a/main.ts': "type Run = import('../../extension/tracking/model').Run;" }],
    passes: [{ 'webviews/a/main.ts': "import '../shared/base.css'; import { c } from 'chart.js';" }],
  },
  {
    name: 'imports inside the extension point inwards: root, features, middle, tracking',
    where: /^extension\/.*\.ts$/,
    find: ({ path, imports }) => {
      const own = layerOf(path.replace(/\.ts$/, ''));
      if (own === undefined) return [{ line: 1, what: 'belongs to no layer' }];
      return importFindings(imports, ({ target }) => (layerOf(target) ?? own) < own);
    },
    caught: [
      { 'extension/tracking/rest/a.ts': "import { Catalog } from '../../catalog/catalog';" },
      { 'extension/ui/a.ts': "import { openRun } from '../runSummary/open';" },
      { 'extension/experiments/a.ts': "import { activate } from '../extension';" },
      { 'extension/stray.ts': 'export const a = 1;' },
    ],
    passes: [
      { 'extension/extension.ts': "import { register } from './experiments/register';" },
      { 'extension/experiments/a.ts': "import './b'; import '../session'; import '../tracking/model';" },
      { 'extension/session.ts': "import './catalog/catalog'; import './tracking/store';" },
    ],
  },
  {
    name: 'features never import each other',
    where: /^extension\/[^/]+\//,
    find: ({ path, imports }) => {
      const own = featureOf(path);
      if (own === undefined) return [];
      return importFindings(imports, ({ target }) => ![undefined, own].includes(featureOf(target)));
    },
    caught: [{ 'extension/models/a.ts': "import { runNode } from '../experiments/nodes';" }],
    passes: [{ 'extension/models/a.ts': "import './nodes'; import '../ui/report'; import '../manifest';" }],
  },
  {
    name: 'only the seams know VS Code',
    where: programs,
    except: knowsVsCode,
    find: forbiddenImports(({ target }) => /^vscode(-languageclient.*)?$/.test(target)),
    caught: [
      { 'extension/tracking/a.ts': "import * as vscode from 'vscode';" },
      { 'extension/catalog/commands.ts': "import * as vscode from 'vscode';" },
      { 'extension/experiments/nodes.ts': "import type { TreeItem } from 'vscode';" },
      { 'webviews/a/main.ts': "import { Uri } from 'vscode';" },
      { 'language-server/a.ts': "import { LanguageClient } from 'vscode-languageclient/node';" },
    ],
    passes: [
      { 'extension/experiments/experimentsTree.ts': "import * as vscode from 'vscode';" },
      { 'extension/experiments/runCommands.ts': "import * as vscode from 'vscode';" },
      { 'extension/ui/report.ts': "import * as vscode from 'vscode';" },
      { 'language-server/a.ts': "import { TextDocuments } from 'vscode-languageserver';" },
    ],
  },
  {
    name: 'no import cycles',
    where: programs,
    find: findCycle,
    caught: [
      {
        'extension/a/a.ts': "import './b';",
        'extension/a/b.ts': "import type { C } from './c';",
        'extension/a/c.ts': "export { a } from './a';",
      },
    ],
    passes: [{ 'extension/a/a.ts': "import './b'; import './c';", 'extension/a/b.ts': "import './c';" }],
  },
];

function isExtensionsBusiness(target: string): boolean {
  return /^(extension\/|webviews\/protocol\/|language-server\/(protocol$|documents\/|knowledge\/))/.test(
    target,
  );
}

function layerOf(target: string): number | undefined {
  return layers.find(([, files]) => files.test(target))?.[0];
}

function featureOf(path: string): string | undefined {
  const target = path.replace(/\.ts$/, '');
  return layerOf(target) === 1 ? target.split('/')[1] : undefined;
}
