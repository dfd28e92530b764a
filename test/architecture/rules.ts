import ts from 'typescript';
import {
  forbiddenImports,
  forbiddenNames,
  forbiddenNodes,
  goesThroughShell,
  isNamed,
  longerThan,
  waitsOnTime,
} from './findings';
import { importRules } from './importRules';
import { programs, type Rule } from './rule';
import { commentsOf } from './source';

const everywhere = /\.(ts|mjs)$/;
const typescript = /\.ts$/;

export const rules: readonly Rule[] = [
  ...importRules,
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
    name: 'questions are asked by one file, so that they stay when the focus goes',
    where: programs,
    except: /^extension\/ui\/inputs\.ts$/,
    find: forbiddenNames(/^show(QuickPick|InputBox)$/),
    caught: [
      { 'extension/ui/a.ts': "await vscode.window.showQuickPick(['a']);" },
      { 'extension/a/register.ts': "await window.showInputBox({ title: 'a' });" },
    ],
    passes: [{ 'extension/a/register.ts': "await askOption('a', 'b', []);" }],
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
