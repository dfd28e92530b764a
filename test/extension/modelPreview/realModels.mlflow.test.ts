import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../support/cache';
import { runPython } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';
import { listModelFiles, previewOf } from './models';
import type { SpecRow } from '../../../webviews/protocol/modelPreview';

type Read = Readonly<
  Record<string, { readonly inputs: readonly unknown[]; readonly params: readonly unknown[] }>
>;

describe('The preview of models that MLflow saved', () => {
  let folder: string;
  let read: Read;
  let mlflow: { readonly uri: string; readonly python: string };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-models-'));
    const { python } = await ensureMlflow('newest');
    mlflow = { python, uri: pathToFileURL(join(folder, 'runs.db')).href.replace('file:', 'sqlite:') };
    const script = join(projectRoot(), 'test/extension/modelPreview/saveModels.py');
    const printed = await runPython(mlflow, script, [folder]);
    read = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Read;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const previewIn = async (name: string) => {
    const path = join(folder, name);
    return await previewOf(await listModelFiles(path), { name, uri: path });
  };

  it('names what MLflow reads of the signature, and finds nothing wrong', async () => {
    for (const [name, { inputs, params }] of Object.entries(read)) {
      const { signature, problems, dependencies, files } = await previewIn(name);
      const named = (specs: readonly SpecRow[] = []) =>
        specs.map((spec) => [spec.name ?? null, spec.isRequired]);
      deepEqual(named(signature?.inputs), inputs, name);
      const defaults = signature?.params.map((spec) => [
        spec.name,
        JSON.parse(spec.fallback ?? '') as unknown,
      ]);
      deepEqual(defaults, params, name);
      deepEqual(problems, []);
      deepEqual(
        dependencies.rows.filter(({ disagreement }) => disagreement !== undefined),
        [],
        name,
      );
      deepEqual(
        files.filter(({ state }) => state === 'missing'),
        [],
        name,
      );
    }
  });

  it('lays out nested objects, tensors and the example', async () => {
    const [nested, tensor, sklearn] = await Promise.all(['nested', 'tensor', 'sklearn'].map(previewIn));
    deepEqual(
      nested?.signature?.inputs[0]?.properties?.map(({ name, type }) => [name, type]),
      [
        ['id', 'string'],
        ['orders', 'array of object'],
      ],
    );
    equal(tensor?.signature?.inputs[0]?.type, 'tensor float32 (-1, 3)');
    const example = sklearn?.example?.content;
    deepEqual(example?.kind === 'table' && example.columns, ['age', 'plan']);
    match(sklearn?.flavors.find(({ name }) => name === 'sklearn')?.warning ?? '', /cloudpickle/);
  });

  it('gives code that loads the model in Python, as each of its flavors', async () => {
    const { flavors } = await previewIn('sklearn');
    const script = join(folder, 'load.py');
    for (const { name, code = '' } of flavors) {
      await writeFile(script, `${code}print(type(model).__name__)\n`);
      const printed = await runPython(mlflow, script);
      equal(printed.trim().split('\n').at(-1), name === 'sklearn' ? 'LogisticRegression' : 'PyFuncModel');
    }
  });
});
