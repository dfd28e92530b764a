import type { Flavor, MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { registeredMetaName } from '../../language-server/documents/registeredMeta';
import { findFlavorKey } from '../../language-server/knowledge/flavors';
import { flavorsOf } from './composeFlavors';
import { innerFields } from './yamlEntries';
import { textOf } from '../ui/modelUri';

/** A file or folder that belongs to a model. */
export interface Companion {
  readonly name: string;
  /** What it is to the model. */
  readonly role: string;
  /** Whether what it says is shown: it is read, not only looked for. */
  readonly isRead: boolean;
  /** It is listed only where it is there: nothing says that it must be. */
  readonly isOptional: boolean;
}

/** The names under which a model's environment lies beside it. */
export interface EnvironmentFiles {
  readonly conda: string;
  readonly pythonEnv: string;
  readonly requirements: string;
}

/** Where a Python function says that its environment lies, else where MLflow writes it. */
export function environmentFiles(model: MlmodelModel): EnvironmentFiles {
  const { yaml } = model;
  const fields = flavorsOf(model).find(({ name }) => name === 'python_function')?.fields ?? [];
  const env = innerFields(yaml, fields, 'env');
  return {
    conda: textOf(yaml, env, 'conda') ?? textOf(yaml, fields, 'env') ?? 'conda.yaml',
    pythonEnv: textOf(yaml, env, 'virtualenv') ?? 'python_env.yaml',
    requirements: 'requirements.txt',
  };
}

/** What belongs to a model beside its MLmodel, each name once. */
export function listCompanions(model: MlmodelModel): readonly Companion[] {
  const { conda, pythonEnv, requirements } = environmentFiles(model);
  const isFunction = flavorsOf(model).some(({ name }) => name === 'python_function');
  const environment = { isRead: true, isOptional: !isFunction };
  const all: readonly Companion[] = [
    { name: conda, role: 'environment for conda', ...environment },
    { name: pythonEnv, role: 'environment for virtualenv', ...environment },
    { name: requirements, role: 'packages for pip', ...environment },
    ...exampleFiles(model),
    ...flavorsOf(model).flatMap((flavor) => listPaths(model, flavor)),
    { name: registeredMetaName, role: 'how it was registered', isRead: true, isOptional: true },
  ];
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

function exampleFiles({ yaml, inputExample }: MlmodelModel): readonly Companion[] {
  if (!inputExample) return [];
  const serving = textOf(yaml, inputExample.fields, 'serving_input_path');
  return [
    ...(inputExample.path ? [companion(inputExample.path.text, 'input example', true)] : []),
    ...(serving === undefined ? [] : [companion(serving, 'input example for serving', false)]),
  ];
}

/** The files and folders that a flavor's own keys name. */
function listPaths({ yaml }: MlmodelModel, { name, fields }: Flavor): readonly Companion[] {
  return fields.flatMap((field) => {
    const isPath = findFlavorKey(name, field.name)?.type === 'path' && !field.overridden;
    const path = isPath ? textOf(yaml, fields, field.name) : undefined;
    return path === undefined ? [] : [companion(path, `${name}: ${field.name}`, false)];
  });
}

function companion(name: string, role: string, isRead: boolean): Companion {
  return { name, role, isRead, isOptional: false };
}
