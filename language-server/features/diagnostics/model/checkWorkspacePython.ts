import { textNode } from '../../../documents/mlmodel';
import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { differsInMinor } from '../../../documents/packageVersion';
import type { ModelFacts } from '../../modelFacts';
import type { PythonEnvDocument } from '../../openDocument';
import type { Fault } from '../fault';
import { savedVersions } from './savedVersions';

/** The Python that a model was saved in, where it is another than the workspace's: as MLflow does when it loads the model. */
export function checkWorkspacePython(model: MlmodelModel, workspace: string | undefined): readonly Fault[] {
  const saved = savedVersions(model).filter(({ packageName }) => packageName === 'python');
  return saved.flatMap(({ version, range }) =>
    faultOf(
      version,
      range,
      workspace,
      'MLflow warns of it when the model is loaded, and what was pickled may not load',
    ),
  );
}

/** The Python that a python_env.yaml beside an MLmodel asks for. */
export function checkEnvPython(
  { model }: PythonEnvDocument,
  { mlmodel }: ModelFacts,
  workspace: string | undefined,
): readonly Fault[] {
  const node = mlmodel && model.python && textNode(model.python.value);
  return node
    ? faultOf(node.text, node.range, workspace, 'MLflow makes an environment of its own for it')
    : [];
}

function faultOf(
  version: string,
  range: Fault['range'],
  workspace: string | undefined,
  consequence: string,
): readonly Fault[] {
  if (workspace === undefined || !differsInMinor(version, workspace)) return [];
  const message = `The model is of Python ${version}, the workspace of Python ${workspace}: ${consequence}.`;
  return [{ code: 'mlmodel.workspace-python', range, message }];
}
