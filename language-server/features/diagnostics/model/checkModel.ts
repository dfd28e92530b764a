import { pythonType, typeWords } from '../../../knowledge/pythonTypes';
import type { ServerSettings } from '../../../settings';
import type { MlmodelDocument } from '../../openDocument';
import type { ProjectFacts } from '../../projectFacts';
import { checkDuplicates } from '../checkKeys';
import type { Fault } from '../fault';
import { checkSignature } from '../signature/checkSignature';
import { checkExample } from './checkExample';
import { checkFlavors } from './checkFlavors';
import { checkModelFiles } from './checkModelFiles';
import { checkModelKeys } from './checkModelKeys';
import { checkRoot, checkRootKey } from './checkRoot';
import { checkVersions } from './checkVersions';
import { checkWorkspacePython } from './checkWorkspacePython';
import { tellLoadingCode } from './loadingCode';

/**
 * All that an MLmodel has wrong with it. Errors: MLflow cannot load it, or surely dies of it when the model is used;
 * warnings: it silently reads something else than is meant.
 */
export function checkModel(
  { model }: MlmodelDocument,
  facts: ProjectFacts,
  { pythonVersion }: Pick<ServerSettings, 'pythonVersion'>,
): readonly Fault[] {
  const { yaml, root, fields } = model;
  if (!root || root.kind === 'null') {
    const range = root?.range ?? { start: 0, end: 0 };
    const message =
      "MLflow cannot read an empty MLmodel (AttributeError: 'NoneType' object has no attribute 'copy').";
    return [{ code: 'mlmodel.empty', range, message, missingIn: range }];
  }
  const type = pythonType(root);
  if (type !== 'dict') {
    const message = `An MLmodel is a mapping of keys to values, but this is ${typeWords[type]}: MLflow cannot read it.`;
    return [{ code: 'mlmodel.shape', range: root.range, message, missingIn: root.range }];
  }
  return [
    ...checkDuplicates(yaml, root),
    ...checkRoot(model),
    ...checkModelKeys(
      yaml,
      fields.filter((field) => checkRootKey(field).length === 0),
    ),
    ...checkFlavors(model),
    ...checkSignature(model),
    ...checkExample(model, facts.model ?? {}),
    ...checkModelFiles(model, facts),
    ...checkVersions(model, facts.model ?? {}),
    ...checkWorkspacePython(model, pythonVersion),
    ...tellLoadingCode(model),
  ];
}
