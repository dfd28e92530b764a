import { textNode } from '../../../documents/mlmodel';
import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { packageKey } from '../../../documents/packageVersion';
import type { Requirement } from '../../../documents/requirement';
import type { TextRange } from '../../../documents/textRange';
import { findField } from '../../../documents/yamlRead';
import type { Field } from '../../../documents/yamlTree';
import { findFlavor } from '../../../knowledge/flavors';
import type { EnvironmentDocument } from '../../openDocument';

/** A version that an MLmodel says it was saved with. */
export interface SavedVersion {
  /** As pip compares names; `python` for Python itself. */
  readonly packageName: string;
  readonly version: string;
  readonly range: TextRange;
}

/** All versions that an MLmodel tells, of packages and of Python. */
export function savedVersions({ fields, flavors }: MlmodelModel): readonly SavedVersion[] {
  const counting = flavors.filter(({ field }) => !field.overridden);
  const ofFlavors = counting.flatMap(({ name, fields: own }) => {
    const { packageName, versionKey } = findFlavor(name) ?? {};
    return packageName === undefined || versionKey === undefined
      ? []
      : versionIn(own, versionKey, packageName);
  });
  const ofPyfunc = counting
    .filter(({ name }) => name === 'python_function')
    .flatMap(({ fields: own }) => [
      ...versionIn(own, 'cloudpickle_version', 'cloudpickle'),
      ...versionIn(own, 'python_version', 'python'),
    ]);
  return [...versionIn(fields, 'mlflow_version', 'mlflow'), ...ofFlavors, ...ofPyfunc];
}

function versionIn(fields: readonly Field[], key: string, packageName: string): readonly SavedVersion[] {
  const field = findField(fields, key);
  const node = field && textNode(field.value);
  return node ? [{ packageName: packageKey(packageName), version: node.text, range: node.range }] : [];
}

/** What an environment file asks of packages, apart from lines for some machines only. */
export function requirementsOf(document: EnvironmentDocument): readonly Requirement[] {
  return allRequirements(document).filter(({ kind, marker }) => kind === 'package' && marker === undefined);
}

function allRequirements(document: EnvironmentDocument): readonly Requirement[] {
  switch (document.kind) {
    case 'requirements':
      return document.model.requirements;
    case 'condaEnv':
      return document.model.dependencies.flatMap((one) => {
        if (one.kind === 'other') return [];
        return one.kind === 'package' ? [one.requirement] : one.requirements;
      });
    case 'pythonEnv':
      return [document.model.buildDependencies, document.model.dependencies].flatMap(
        (list) => list?.requirements ?? [],
      );
  }
}
