import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { languageIds } from '../language-server/protocol';
import { nodesOf, readSources, type Source } from './architecture/source';
import { type Conditional, readJson, readPackageJson } from './manifest/packageJson';
import { type Atom, holds, parseWhen } from './manifest/whenClause';
import { projectRoot } from './support/cache';

const root = projectRoot();
const packageJson = readPackageJson(root);
const { contributes, activationEvents, capabilities } = packageJson;
// The server asks for its own settings by name.
const sources = readSources(root, ['extension', 'language-server']);

/** manifest.ts imports `vscode`, which plain Node has not: its tables are read from its text. */
const manifest = {
  commands: namesIn('commands'),
  views: namesIn('viewIds'),
  panels: namesIn('panelTypes'),
  settings: namesIn('settingKeys'),
  contextKeys: namesIn('contextKeys'),
};

const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();
const settings = Object.entries(contributes.configuration.properties);
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) =>
  items.map((item) => ({ ...item, menu })),
);
const bindings: readonly Conditional[] = [...menuItems, ...(contributes.keybindings ?? [])];
const literals = new Set(
  sources.filter(({ path }) => path !== 'extension/manifest.ts').flatMap((source) => literalsIn(source)),
);

describe('package.json and extension/manifest.ts', () => {
  it('name the same commands', () => {
    deepEqual(sorted(commands), sorted(manifest.commands));
  });

  it('name the same views', () => {
    deepEqual(sorted(views.map(({ id }) => id)), sorted(manifest.views));
  });

  it('name the same settings', () => {
    deepEqual(sorted(settings.map(([key]) => key)), sorted(manifest.settings));
  });

  it('name the same panels, each of which wakes the extension when a window is restored', () => {
    const woken = activationEvents.filter((event) => event.startsWith('onWebviewPanel:'));
    deepEqual(sorted(woken), sorted(manifest.panels.map((panel) => `onWebviewPanel:${panel}`)));
  });

  it('call everything mlflow.…, and commands mlflow.<noun>.<verb>', () => {
    for (const id of Object.values(manifest).flat()) match(id, /^mlflow\.[a-z]/);
    for (const id of commands) match(id, /^mlflow\.[a-z]\w*\.[a-z]\w*$/);
  });

  it('name nothing that the extension does not use', () => {
    deepEqual(unknown(Object.values(manifest).flat(), [...literals]), []);
  });

  it('speak of the same languages as the server', () => {
    deepEqual(sorted(contributes.languages.map(({ id }) => id)), sorted(languageIds));
    deepEqual(sorted(contributes.grammars.map(({ language }) => language)), sorted(languageIds));
  });
});

describe('package.json', () => {
  it('gives each command a title of its own and the category MLflow', () => {
    for (const { command, title, category } of contributes.commands) {
      ok(title.trim(), command);
      equal(category, 'MLflow', command);
    }
    const titles = contributes.commands.map(({ title }) => title);
    equal(
      new Set(titles).size,
      titles.length,
      'two commands with one title cannot be told apart in the palette',
    );
  });

  it('gives each view a name, an icon and a container that exists', () => {
    for (const { id, name, icon } of views) ok(name.trim() && icon, id);
    const containers = Object.values(contributes.viewsContainers).flat();
    deepEqual(
      unknown(
        Object.keys(contributes.views),
        containers.map(({ id }) => id),
      ),
      [],
    );
  });

  it('describes each setting, with a type, a default and a scope', () => {
    for (const [key, setting] of settings) {
      ok((setting.markdownDescription ?? setting.description)?.trim(), `${key} has no description`);
      ok(setting.type, `${key} has no type`);
      ok('default' in setting, `${key} has no default`);
      match(setting.scope ?? '', /^(application|machine|machine-overridable|window|resource)$/, key);
    }
  });

  it('refers to known commands in menus, key bindings and links', () => {
    const bound = bindings.flatMap(({ command }) => command ?? []);
    const linked = [...JSON.stringify(packageJson).matchAll(/\(command:([\w.]+)/g)].map(([, id = '']) => id);
    deepEqual(
      unknown([...bound, ...linked], manifest.commands).filter((id) => id.startsWith('mlflow.')),
      [],
    );
  });

  it('refers to known views in welcome texts', () => {
    deepEqual(
      unknown(
        contributes.viewsWelcome.map(({ view }) => view),
        manifest.views,
      ),
      [],
    );
  });

  it('hides from the palette only what some other menu offers', () => {
    const hidden = menuItems.filter(({ menu, when }) => menu === 'commandPalette' && when === 'false');
    const offered = menuItems.filter(({ menu }) => menu !== 'commandPalette');
    deepEqual(
      unknown(
        hidden.map(({ command }) => command ?? ''),
        offered.map(({ command }) => command ?? ''),
      ),
      [],
    );
  });

  for (const when of whenClauses()) {
    it(`knows all that "${when}" asks about`, () => {
      deepEqual(parseWhen(when).flat().flatMap(problemsOf), []);
    });
  }

  for (const { name, context } of statesOfConnection()) {
    it(`welcomes in each view with one text when the connection is ${name}`, () => {
      const texts = (view: string) =>
        contributes.viewsWelcome.filter((one) => one.view === view && holds(one.when ?? 'true', context));
      deepEqual(
        manifest.views.map((view) => [view, texts(view).length]),
        manifest.views.map((view) => [view, 1]),
      );
    });
  }

  it('offers neither views nor commands where only its browser program runs, which has none', () => {
    const onVscodeDev = { true: true, isWeb: true, remoteName: '' };
    const isOffered = (when = 'true') => holds(when, onVscodeDev);
    deepEqual(
      [
        ...views.filter(({ when }) => isOffered(when)),
        ...contributes.commands.filter(({ enablement }) => isOffered(enablement)),
      ],
      [],
    );
    for (const remote of [{ isWeb: false }, { isWeb: true, remoteName: 'codespaces' }])
      for (const { when = 'true' } of views)
        ok(holds(when, { true: true, 'mlflow.running': true, ...remote }));
  });

  it('activates for a reason, never at start', () => {
    for (const event of activationEvents)
      match(event, /^(onWebviewPanel|onFileSystem|workspaceContains|onUri)\b/);
  });

  it('says what becomes of it in untrusted and virtual workspaces', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = capabilities;
    for (const { supported, description } of [untrustedWorkspaces, virtualWorkspaces]) {
      ok(supported === true || description?.trim(), 'limited support needs a description');
    }
    const restricted = untrustedWorkspaces.restrictedConfigurations ?? [];
    deepEqual(unknown(restricted, manifest.settings), []);
    for (const key of ['mlflow.tracking.uri', 'mlflow.registry.uri', 'mlflow.connections']) {
      ok(restricted.includes(key), `a workspace could choose where credentials go: ${key}`);
    }
  });

  it('names files that exist, dist/ being built first', () => {
    const missing = namedFiles().filter((path) => !existsSync(join(root, path)));
    deepEqual(missing, []);
  });

  it('names grammars by the scope that they have', () => {
    for (const { path, scopeName } of contributes.grammars) {
      const grammar = readJson(join(root, path)) as { readonly scopeName: string };
      equal(grammar.scopeName, scopeName);
    }
  });

  it('asks for the VS Code whose API it compiles against', () => {
    const minor = (version: string | undefined) => /\d+\.\d+/.exec(version ?? '')?.[0];
    const installed = readJson(join(root, 'node_modules/@types/vscode/package.json'));
    const wanted = minor(packageJson.engines.vscode);
    equal(minor(packageJson.devDependencies['@types/vscode']), wanted);
    equal(minor((installed as { readonly version: string }).version), wanted);
  });
});

describe('parseWhen', () => {
  it('reads what package.json writes, and refuses the rest', () => {
    deepEqual(parseWhen('view =~ /^mlflow\\./ && !mlflow.loading || a == b'), [
      [
        { key: 'view', operator: '=~', value: '^mlflow\\.' },
        { key: 'mlflow.loading', operator: 'is not set', value: '' },
      ],
      [{ key: 'a', operator: '==', value: 'b' }],
    ]);
    throws(() => parseWhen('(a || b) && c'));
    throws(() => parseWhen('a in b'));
  });

  it('is wrong about nothing it evaluates', () => {
    ok(holds('a == b && !c || d', { a: 'b' }));
    ok(!holds('a == b && !c', { a: 'b', c: true }));
    ok(holds('a != b && a =~ /^(x|y)$/', { a: 'y' }));
  });

  it('finds what nobody knows', () => {
    for (const when of [
      'view == mlflow.runs',
      'mlflow.conection == none',
      'config.mlflow.x',
      'viewItem == nope',
    ]) {
      equal(parseWhen(when).flat().flatMap(problemsOf).length, 1, when);
    }
  });
});

/** The strings of an array, or the keys of an object, that manifest.ts declares by that name. */
function namesIn(table: string): readonly string[] {
  const tree = sources.find(({ path }) => path === 'extension/manifest.ts')?.tree;
  ok(tree, 'extension/manifest.ts is missing');
  const declaration = nodesOf(tree)
    .filter(ts.isVariableDeclaration)
    .find(({ name }) => name.getText() === table);
  const literal = declaration && nodesOf(declaration).find(isTable);
  ok(literal, `extension/manifest.ts has no table ${table}`);
  const names = ts.isObjectLiteralExpression(literal)
    ? literal.properties.map(({ name }) => name)
    : literal.elements;
  return names
    .filter((name) => name !== undefined)
    .filter(ts.isStringLiteral)
    .map(({ text }) => text);
}

function isTable(node: ts.Node): node is ts.ObjectLiteralExpression | ts.ArrayLiteralExpression {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}

function literalsIn({ tree }: Source): readonly string[] {
  return nodesOf(tree)
    .filter(ts.isStringLiteralLike)
    .map(({ text }) => text);
}

/** Each clause once, of whatever has one. */
function whenClauses(): readonly string[] {
  const conditional = [...bindings, ...views, ...contributes.viewsWelcome].flatMap(({ when }) => when ?? []);
  const enablement = contributes.commands.flatMap((command) => command.enablement ?? []);
  return [...new Set([...conditional, ...enablement])];
}

/** Keys of VS Code's own, with what they may be compared with; of any value where it is left out. */
const knownKeys: Readonly<Record<string, readonly string[] | undefined>> = {
  view: manifest.views,
  focusedView: manifest.views,
  activeWebviewPanelId: manifest.panels,
  viewItem: [...literals],
  resourceLangId: languageIds,
  resourceScheme: ['untitled', 'mlflow-artifact'],
  resourceFilename: ['request-model.json'],
  editorLangId: languageIds,
  inputFocus: undefined,
  explorerResourceIsFolder: undefined,
  isWeb: undefined,
  isWorkspaceTrusted: undefined,
  listMultiSelection: undefined,
  remoteName: undefined,
  true: undefined,
  false: undefined,
};

function problemsOf({ key, operator, value }: Atom): readonly string[] {
  if (key.startsWith('config.')) return unknown([key.slice('config.'.length)], manifest.settings);
  const isOurs = manifest.contextKeys.includes(key);
  if (!isOurs && !(key in knownKeys)) return [`unknown key ${key}`];
  const values = isOurs ? [...literals] : knownKeys[key];
  if (values === undefined || operator.startsWith('is')) return [];
  const isKnown =
    operator === '=~' ? values.some((one) => new RegExp(value).test(one)) : values.includes(value);
  return isKnown ? [] : [`nothing makes ${key} ${value}`];
}

/** The states in which a view has no rows: what their welcome texts must tell apart. */
function statesOfConnection() {
  const state = (connection: string, failure = '', found = 'none') => ({
    name: [
      connection,
      ...(failure ? [`(${failure})`] : []),
      ...(found === 'none' ? [] : [`(${found})`]),
    ].join(' '),
    context: {
      true: true,
      'mlflow.connection': connection,
      'mlflow.failure': failure,
      'mlflow.found': found,
      'mlflow.loading': false,
    },
  });
  const failures = [...errorKinds(), 'bug'].map((kind) => state('failed', kind));
  const found = ['looking', 'several'].map((kind) => state('none', '', kind));
  return [state('none'), ...found, state('idle'), state('connecting'), state('ready'), ...failures];
}

function errorKinds(): readonly string[] {
  const tree = sources.find(({ path }) => path === 'extension/tracking/errors.ts')?.tree;
  const union =
    tree &&
    nodesOf(tree)
      .filter(ts.isTypeAliasDeclaration)
      .find(({ name }) => name.text === 'TrackingErrorKind');
  ok(union, 'extension/tracking/errors.ts has no TrackingErrorKind');
  return nodesOf(union)
    .filter(ts.isStringLiteral)
    .map(({ text }) => text);
}

function namedFiles(): readonly string[] {
  const icons = [...contributes.commands, ...views, ...Object.values(contributes.viewsContainers).flat()]
    .flatMap(({ icon }) => (typeof icon === 'object' ? [icon.light, icon.dark] : (icon ?? [])))
    .filter((icon) => !icon.startsWith('$('));
  const languages = [
    ...contributes.languages.map((one) => one.configuration),
    ...contributes.grammars.map((one) => one.path),
  ];
  return [packageJson.main, packageJson.browser, packageJson.icon, ...icons, ...languages];
}

function unknown(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.filter((name) => !known.includes(name));
}

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort();
}
