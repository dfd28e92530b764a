// Builds the three programs into dist/, and with --tests every source and test file, one by one, into out/.
import { build, context } from 'esbuild';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** VS Code 1.105 runs extensions on Node 22 and webviews on Chromium 138. */
const node = { platform: 'node', format: 'cjs', target: 'node22', supported: { 'dynamic-import': false } };
const browser = { platform: 'browser', format: 'iife', target: 'chrome138' };
const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  legalComments: 'none',
  logLevel: watch ? 'info' : 'warning',
};

/** One copy for all of the extension's bundles: of classes that `instanceof` asks for, and of what is large. */
const shared = {
  errors: 'extension/tracking/errors.ts',
  userError: 'extension/ui/userError.ts',
  http: 'extension/tracking/rest/http.ts',
  httpStatus: 'extension/tracking/rest/httpStatus.ts',
  pick: 'extension/ui/pick.ts',
  mlmodel: 'language-server/documents/mlmodel.ts',
  yamlRead: 'language-server/documents/yamlRead.ts',
  yamlText: 'language-server/documents/yamlText.ts',
  flavors: 'language-server/knowledge/flavors.ts',
};

/** Fails where an error's class is in a shared bundle and in another, too: `instanceof` would not know what the one throws in the other. */
const oneCopyOfErrors = {
  name: 'one-copy-of-errors',
  setup(builder) {
    builder.initialOptions.metafile = true;
    builder.onEnd(async ({ metafile = { inputs: {}, outputs: {} } }) => {
      const outputs = Object.entries(metafile.outputs);
      for (const path of Object.keys(metafile.inputs)) {
        const holders = outputs
          .filter(([, { inputs }]) => path in inputs)
          .map(([name]) => basename(name, '.js'));
        if (holders.length < 2 || !holders.some((name) => name in shared)) continue;
        if (/^export class \w+ extends \w*Error\b/m.test(await readFile(path, 'utf8')))
          return { errors: [{ text: `${path} is in ${holders.join(', ')}: name it in \`shared\`.` }] };
      }
      return undefined;
    });
  },
};

/**
 * What activation does not need lies behind `import('./x')`: such a file becomes a bundle of its own beside the
 * main one and is read when it is first asked for.
 */
const lazyBundles = (names) => ({
  name: 'lazy-bundles',
  setup(builder) {
    builder.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) =>
      kind === 'dynamic-import' || names.includes(basename(path))
        ? { path: `./${basename(path)}.js`, external: true }
        : undefined,
    );
  },
});

/**
 * Built-in modules that packages require at their start and a language server hardly ever uses are loaded when something of
 * them is asked for: a tenth of the server's start.
 */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(builder) {
    builder.onResolve({ filter: /^(node:)?(child_process|crypto|net|os)$/ }, ({ path, namespace }) =>
      namespace === 'lazy' ? { path, external: true } : { path, namespace: 'lazy' },
    );
    builder.onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => {
      const getters = Object.keys(require(path)).map(
        (key) => `get ${key}() { return require('${path}').${key}; }`,
      );
      return { contents: `module.exports = { ${getters.join(', ')} };` };
    });
  },
};

/** esbuild copies a CommonJS package's many exports for each file that imports it: so one file does for all of ours. */
const importedOnce = {
  name: 'imported-once',
  setup(builder) {
    builder.onResolve({ filter: /^vscode-languageserver(\/node)?$/ }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'once' } : undefined,
    );
    builder.onLoad({ filter: /./, namespace: 'once' }, ({ path }) => ({
      contents: `const all = require('${path}'), take = (key) => all[key];
        ${Object.keys(require(path))
          .map((key) => `export const ${key} = /* @__PURE__ */ take('${key}');`)
          .join('\n')}`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/** The Python grammar says how editors colour it, which costs a fortieth of the server's start and is for nothing here. */
const withoutColours = {
  name: 'without-colours',
  setup(builder) {
    builder.onResolve({ filter: /^@lezer\/highlight$/ }, ({ path }) => ({ path, namespace: 'colourless' }));
    builder.onLoad({ filter: /./, namespace: 'colourless' }, () => ({
      contents: `export const tags = new Proxy({}, { get: () => () => undefined });
        export const styleTags = () => () => null;`,
    }));
  },
};

/** Of the font of icons, those that icons.css names: a thirtieth of it. */
const fewerIcons = {
  name: 'fewer-icons',
  setup(builder) {
    builder.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
      const css = 'webviews/shared/icons.css';
      const codes = (await readFile(css, 'utf8')).matchAll(/content: '\\(\w+)'/g);
      const icons = Array.from(codes, ([, code]) => String.fromCodePoint(parseInt(code, 16)));
      const contents = await subsetFont(await readFile(path), icons.join(''), { targetFormat: 'truetype' });
      return { contents, loader: 'file', watchFiles: [css] };
    });
  },
};

const nodePrograms = (entryPoints, plugins) => ({
  ...common,
  ...node,
  entryPoints,
  outdir: 'dist',
  external: ['vscode'],
  // Its other form asks for its parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins,
});

/** What runs where there is no Node.js, in workers of whatever browser. */
const webProgram = (entryPoints, format) => ({
  ...common,
  platform: 'browser',
  format,
  target: 'es2023',
  entryPoints,
  outdir: 'dist/web',
  external: ['vscode'],
});

async function programs() {
  const views = await foldersWith('webviews', 'main.ts');
  return [
    nodePrograms(
      {
        ...shared,
        extension: 'extension/extension.ts',
        // Loaded by import('./…') or as worker threads; each name is the file's own.
        connecting: 'extension/connections/connecting.ts',
        discovery: 'extension/connections/discovery.ts',
        headers: 'extension/connections/headers.ts',
        login: 'extension/connections/login.ts',
        openStore: 'extension/connections/openStore.ts',
        session: 'extension/catalog/session.ts',
        splitStore: 'extension/tracking/splitStore.ts',
        restStore: 'extension/tracking/rest/restStore.ts',
        client: 'extension/language/client.ts',
        openEditing: 'extension/ui/openEditing.ts',
        descriptionFiles: 'extension/ui/descriptionFiles.ts',
        runEditingCommands: 'extension/runEditing/runEditingCommands.ts',
        transferCommands: 'extension/artifacts/transferCommands.ts',
        artifactFileSystem: 'extension/artifacts/artifactFileSystem.ts',
        imageGridCommands: 'extension/artifacts/imageGridCommands.ts',
        artifactCommands: 'extension/artifacts/artifactCommands.ts',
        experimentCommands: 'extension/experiments/experimentCommands.ts',
        revealCommands: 'extension/experiments/revealCommands.ts',
        registryCommands: 'extension/registry/registryCommands.ts',
        modelCommands: 'extension/models/modelCommands.ts',
        runSummaryCommands: 'extension/runSummary/runSummaryCommands.ts',
        modelPreviewCommands: 'extension/modelPreview/modelPreviewCommands.ts',
        chartCommands: 'extension/metrics/chartCommands.ts',
        sharedRunData: 'extension/histories/sharedRunData.ts',
        runsTableCommands: 'extension/runsTable/runsTableCommands.ts',
        runDiffPanel: 'extension/runDiff/runDiffPanel.ts',
        runDiffCommands: 'extension/runDiff/runDiffCommands.ts',
        selectedCommands: 'extension/runDiff/selectedCommands.ts',
        documentCommands: 'extension/runDiff/documentCommands.ts',
        sourceCommands: 'extension/runDiff/sourceCommands.ts',
        databricks: 'extension/connections/databricks.ts',
        serverCommands: 'extension/localServer/serverCommands.ts',
        projectCommands: 'extension/projects/projectCommands.ts',
        runKeeper: 'extension/projects/runKeeper.ts',
        runningTree: 'extension/serving/runningTree.ts',
        servingCommands: 'extension/serving/servingCommands.ts',
        processKeeper: 'extension/processes/processKeeper.ts',
        pickRun: 'extension/ui/pickRun.ts',
        filterDialog: 'extension/experiments/filterDialog.ts',
        signature: 'extension/ui/signature.ts',
        replyWorker: 'extension/tracking/rest/replyWorker.ts',
        localStore: 'extension/tracking/local/localStore.ts',
        localWorker: 'extension/tracking/local/localWorker.ts',
      },
      [lazyBundles(Object.keys(shared)), oneCopyOfErrors],
    ),
    nodePrograms(
      { 'language-server': 'language-server/main.ts', serveProcess: 'language-server/serveProcess.ts' },
      [lazyBundles([]), lazyBuiltins, importedOnce, withoutColours],
    ),
    {
      ...common,
      ...browser,
      entryPoints: Object.fromEntries(views.map((view) => [view, `webviews/${view}/main.ts`])),
      outdir: 'dist/webviews',
      plugins: [fewerIcons],
      assetNames: '[name]',
    },
    webProgram({ extension: 'extension/browser.ts' }, 'cjs'),
    webProgram({ 'language-server': 'language-server/browser.ts' }, 'iife'),
  ];
}

/** Files as they are, not bundled: a test then loads just what it names, and stack traces point home. */
const testFiles = {
  ...node,
  entryPoints: ['extension/**/*.ts', 'language-server/**/*.ts', 'webviews/**/*.ts', 'test/**/*.ts'],
  outdir: 'out',
  outbase: '.',
  sourcemap: 'linked',
  logLevel: 'warning',
};

async function foldersWith(parent, file) {
  const folders = await readdir(parent, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const holding = await Promise.all(
    names.map(async (name) => (await readdir(join(parent, name))).includes(file)),
  );
  return names.filter((_, index) => holding[index]);
}

if (watch) {
  for (const options of await programs()) await (await context(options)).watch();
} else if (tests) {
  await rm('out', { recursive: true, force: true });
  await build(testFiles);
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all((await programs()).map((options) => build(options)));
}
