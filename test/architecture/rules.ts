import ts from 'typescript';
import {
  findCycle,
  type Finder,
  type Finding,
  forbiddenImports,
  forbiddenNames,
  forbiddenNodes,
  goesThroughShell,
  importFindings,
  isNamed,
  longerThan,
  waitsOnTime,
} from './findings';
import { commentsOf, type Source } from './source';

/** Made-up files, by path: the first one is what the rule is asked about. */
export type Example = Readonly<Record<string, string>>;

export interface Rule {
  readonly name: string;
  readonly where: RegExp;
  /** The one file, or the few, where it is allowed. */
  readonly except?: RegExp;
  readonly find: Finder;
  /** Each of these must be caught, and each of those let through: a rule that cannot fail proves nothing. */
  readonly caught: readonly Example[];
  readonly passes: readonly Example[];
}

/** What the rule says about a file. */
export function check(rule: Rule, source: Source, all: readonly Source[]): readonly Finding[] {
  const applies = rule.where.test(source.path) && !rule.except?.test(source.path);
  return applies ? rule.find(source, all) : [];
}

const programs = /^(extension|language-server|webviews)\/.*\.ts$/;
const everywhere = /\.(ts|mjs)$/;
const typescript = /\.ts$/;

/** Files of the extension that may know VS Code; all others are pure and run in plain Node. */
const knowsVsCode =
  /^extension\/((extension|features|manifest|settings|session)|(connections|ui|language)\/.+|(?!(tracking|catalog|histories|processes)\/)[^/]+\/(\w+(Tree|Panel|Dialog)|register|\w*[cC]ommands))\.ts$/;

const layers: readonly (readonly [rank: number, files: RegExp])[] = [
  [0, /^extension\/(extension|features)$/],
  [2, /^extension\/(session|manifest|settings)$/],
  [2, /^extension\/(catalog|ui|connections|histories|processes)\//],
  [3, /^extension\/tracking\//],
  [1, /^extension\/[^/]+\//],
];

export const rules: readonly Rule[] = [
  {
    name: "the extension sees only the other programs' contracts",
    where: /^extension\//,
    find: forbiddenImports(({ target, isOurs }) => isOurs && !isExtensionsBusiness(target)),
    caught: [
      { 'extension/a/b.ts': "import { x } from '../../language-server/server';" },
      { 'extension/a/b.ts': "import type { x } from '../../webviews/shared/dom';" },
      { 'extension/a/b.ts': "const x = await import('../../language-server/protocols/x');" },
      { 'extension/a/b.ts': "export { x } from '../../test/support/until';" },
    ],
    passes: [
      {
        'extension/a/b.ts':
          "import '../../webviews/protocol/run'; import '../../language-server/protocol'; import '../../language-server/documents/yamlText'; import '../c'; import 'yaml';",
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
  {
    name: 'settings are read and written in one file',
    where: programs,
    except: /^extension\/settings\.ts$/,
    find: forbiddenNames(/^getConfiguration$/),
    caught: [{ 'extension/ui/a.ts': "vscode.workspace.getConfiguration('mlflow').get('a');" }],
    passes: [{ 'extension/ui/a.ts': 'const configuration = readSettings(); // not getConfiguration' }],
  },
  {
    name: 'commands are registered and context keys set in one file',
    where: programs,
    except: /^extension\/manifest\.ts$/,
    find: forbiddenNodes(
      (node) =>
        (ts.isPropertyAccessExpression(node) && /\bcommands\.register\w*Command$/.test(node.getText())) ||
        (ts.isStringLiteralLike(node) && node.text === 'setContext'),
    ),
    caught: [
      { 'extension/a/register.ts': "vscode.commands.registerCommand('mlflow.a.b', run);" },
      { 'extension/a/register.ts': "commands.registerTextEditorCommand('mlflow.a.b', run);" },
      { 'extension/a/register.ts': "vscode.commands.executeCommand('setContext', 'mlflow.a', true);" },
    ],
    passes: [
      { 'extension/a/register.ts': "registerCommand('mlflow.run.open', onError, open); setContext('a', 1);" },
    ],
  },
  {
    name: 'commands of ours are run through the typed table',
    where: programs,
    except: /^extension\/manifest\.ts$/,
    find: forbiddenNodes(
      (node) =>
        ts.isCallExpression(node) &&
        /\bcommands\.executeCommand$/.test(node.expression.getText()) &&
        /^['"`]mlflow\./.test(node.arguments[0]?.getText() ?? ''),
    ),
    caught: [{ 'extension/a/register.ts': "vscode.commands.executeCommand('mlflow.run.open', run);" }],
    passes: [
      { 'extension/a/register.ts': "vscode.commands.executeCommand('vscode.open', uri);" },
      { 'extension/a/register.ts': "executeCommand('mlflow.run.open', run);" },
    ],
  },
  {
    name: 'messages are shown by one file',
    where: programs,
    except: /^extension\/ui\/report\.ts$/,
    find: forbiddenNames(/^show(Information|Warning|Error)Message$/),
    caught: [{ 'extension/ui/a.ts': "void vscode.window.showErrorMessage('no');" }],
    passes: [{ 'extension/ui/a.ts': "report.info('yes');" }],
  },
  {
    name: 'HTTP is spoken by one file',
    where: programs,
    except: /^extension\/tracking\/rest\/http\.ts$/,
    find: forbiddenNames(/^(fetch|XMLHttpRequest|EventSource|WebSocket)$/),
    caught: [
      { 'extension/connections/a.ts': 'const reply = await fetch(uri);' },
      { 'webviews/a/main.ts': 'window.fetch(uri);' },
    ],
    passes: [{ 'extension/connections/a.ts': "const fetched = 'fetch';" }],
  },
  {
    name: 'only tracking/rest opens connections',
    where: programs,
    except: /^extension\/tracking\/rest\//,
    find: forbiddenImports(({ target }) => /^(node:)?(https?|http2|net|tls|undici)$/.test(target)),
    caught: [
      { 'extension/connections/a.ts': "import { request } from 'node:https';" },
      { 'webviews/a/main.ts': "const { fetch } = require('undici');" },
    ],
    passes: [{ 'extension/connections/a.ts': "import { send } from '../tracking/rest/http';" }],
  },
  {
    name: "one file takes hold of VS Code's webview API",
    where: programs,
    except: /^webviews\/shared\/host\.ts$/,
    find: forbiddenNames(/^acquireVsCodeApi$/),
    caught: [{ 'webviews/a/main.ts': 'const api = acquireVsCodeApi();' }],
    passes: [{ 'webviews/a/main.ts': "import { host } from '../shared/host';" }],
  },
  {
    name: 'text never becomes markup or code',
    where: everywhere,
    find: forbiddenNodes(
      (node) =>
        isNamed(node, /^(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment)$/) ||
        (ts.isCallExpression(node) && /^eval$|\bdocument\.write(ln)?$/.test(node.expression.getText())) ||
        (ts.isNewExpression(node) && node.expression.getText() === 'Function'),
    ),
    caught: [
      { 'webviews/a/main.ts': 'row.innerHTML = name;' },
      { 'webviews/a/main.ts': "row['outerHTML'] = name;" },
      { 'webviews/a/main.ts': "row.insertAdjacentHTML('beforeend', name);" },
      { 'webviews/a/main.ts': 'document.write(name);' },
      { 'extension/a/b.ts': 'eval(name);' },
      { 'extension/a/b.ts': "new Function('a', name);" },
    ],
    passes: [{ 'webviews/a/main.ts': "row.textContent = 'innerHTML'; const f: Function = evaluate(row);" }],
  },
  {
    name: 'no any',
    where: typescript,
    find: forbiddenNodes((node) => node.kind === ts.SyntaxKind.AnyKeyword),
    caught: [
      { 'extension/a/b.ts': 'const a: any = 1;' },
      { 'test/a.test.ts': 'const a = b as unknown as readonly any[];' },
    ],
    passes: [{ 'extension/a/b.ts': "const any: unknown = 'any'; // any" }],
  },
  {
    name: 'no singletons: what has a lifetime is constructed in activate()',
    where: typescript,
    find: forbiddenNames(/^getInstance$/),
    caught: [{ 'extension/a/b.ts': 'class A { static getInstance() { return new A(); } }' }],
    passes: [{ 'extension/a/b.ts': 'const instance = new A();' }],
  },
  {
    name: 'hidden panels keep nothing alive',
    where: programs,
    find: forbiddenNames(/^retainContextWhenHidden$/),
    caught: [{ 'extension/ui/a.ts': 'create({ retainContextWhenHidden: true });' }],
    passes: [{ 'extension/ui/a.ts': 'create({ enableScripts: true });' }],
  },
  {
    name: 'no default export',
    where: typescript,
    find: forbiddenNodes(
      (node) =>
        ts.isExportAssignment(node) ||
        (node.kind === ts.SyntaxKind.DefaultKeyword && node.parent.kind !== ts.SyntaxKind.DefaultClause) ||
        (ts.isExportSpecifier(node) && node.name.text === 'default'),
    ),
    caught: [
      { 'extension/a/b.ts': 'export default function a() {}' },
      { 'extension/a/b.ts': 'const a = 1; export default a;' },
      { 'extension/a/b.ts': 'const a = 1; export { a as default };' },
    ],
    passes: [{ 'extension/a/b.ts': 'export const a = { default: 1 }; switch (a) { default: b(); }' }],
  },
  {
    name: 'no barrel',
    where: typescript,
    find: ({ tree: { statements } }) => {
      const onlyPassesOn = statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier);
      return statements.length > 0 && onlyPassesOn ? [{ line: 1, what: 'only re-exports' }] : [];
    },
    caught: [{ 'extension/a/b.ts': "export * from './c';\nexport { d } from './d';" }],
    passes: [{ 'extension/a/b.ts': "export type { C } from './c';\nexport const d = 1;" }],
  },
  {
    name: 'no work left in comments',
    where: everywhere,
    find: (source) =>
      commentsOf(source)
        .filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))
        .map(({ text, line }) => ({ line, what: text })),
    caught: [
      { 'extension/a/b.ts': 'const a = 1; // TODO later' },
      { 'test/a.test.ts': '/** FIXME */\nconst a = 1;' },
      { 'extension/a/b.ts': 'function a() {\n  // XXX\n}' },
    ],
    passes: [{ 'extension/a/b.ts': "const a = 'TODO'; // what is done" }],
  },
  {
    name: 'programs never go through a shell',
    where: programs,
    find: forbiddenNodes(goesThroughShell),
    caught: [
      { 'extension/a/b.ts': "import { exec } from 'node:child_process';" },
      { 'extension/a/b.ts': "import { execSync as run } from 'child_process';" },
      { 'extension/a/b.ts': "childProcess.exec('ls');" },
      { 'extension/a/b.ts': "spawn('ls', { shell: true });" },
    ],
    passes: [
      {
        'extension/a/b.ts':
          "import { execFile, spawn } from 'node:child_process'; /a/.exec(b); spawn('ls', { shell: false });",
      },
    ],
  },
  {
    name: 'tests wait on states and events, never on time',
    where: /^test\//,
    // The one poll of other processes, and the deadline of a whole tier.
    except: /^test\/support\/(until|hostTier)\.ts$/,
    find: forbiddenNodes(waitsOnTime),
    caught: [
      { 'test/a.ui.test.ts': 'await page.waitForTimeout(500);' },
      { 'test/a.test.ts': 'await sleep(10);' },
      { 'test/a.test.ts': "import { setTimeout as pause } from 'node:timers/promises';" },
      { 'test/a.test.ts': 'await new Promise((done) => setTimeout(done, 100));' },
      { 'test/a.test.ts': 'await new Promise<void>((done) => { setTimeout(() => { done(); }, 100); });' },
    ],
    passes: [
      {
        'test/a.test.ts':
          'new Promise((done, fail) => { server.once("exit", done); setTimeout(() => fail(late), 9); });',
      },
    ],
  },
  {
    name: 'nothing of one machine: no path of its disk, no package registry',
    where: everywhere,
    except: /^test\/architecture\/rules\.ts$/,
    find: ({ text }) =>
      text.split('\n').flatMap((line, index) => {
        const match =
          /(?<![\w.])\/(home|Users|root|work)\/\w|[A-Z]:\\\\?Users|\b(registry|npm|pypi|crates)\.(\w+\.)?(org|com|io)\b/.exec(
            line,
          );
        return match ? [{ line: index + 1, what: match[0] }] : [];
      }),
    caught: [
      { 'test/a.test.ts': "const root = '/home/me/project';" },
      { 'scripts/a.mjs': "const root = 'file:///home/somebody/clone';" },
      { 'scripts/a.mjs': "const registry = 'https://registry.example.org';" },
      { 'scripts/a.mjs': "const index = 'https://npm.example.com/simple';" },
    ],
    passes: [{ 'test/a.test.ts': "const page = 'http://127.0.0.1/home'; const s = './work/a';" }],
  },
  {
    name: 'no file of more than 400 lines',
    where: typescript,
    find: longerThan(400),
    caught: [{ 'extension/a/b.ts': 'a();\n'.repeat(401) }],
    passes: [{ 'extension/a/b.ts': 'a();\n'.repeat(400) }],
  },
  {
    name: 'activate() constructs and registers, nothing else: 80 lines',
    where: /^extension\/extension\.ts$/,
    find: longerThan(80),
    caught: [{ 'extension/extension.ts': 'a();\n'.repeat(81) }],
    passes: [{ 'extension/extension.ts': 'a();\n'.repeat(80) }, { 'extension/a/b.ts': 'a();\n'.repeat(81) }],
  },
];

function isExtensionsBusiness(target: string): boolean {
  return /^(extension\/|webviews\/protocol\/|language-server\/(protocol$|documents\/))/.test(target);
}

function layerOf(target: string): number | undefined {
  return layers.find(([, files]) => files.test(target))?.[0];
}

function featureOf(path: string): string | undefined {
  const target = path.replace(/\.ts$/, '');
  return layerOf(target) === 1 ? target.split('/')[1] : undefined;
}
