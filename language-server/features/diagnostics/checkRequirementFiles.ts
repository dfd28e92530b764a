import type { CondaEnvDocument, PythonEnvDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { requirementFiles } from '../requirementFiles';
import type { Fault } from './fault';

/** Files that pip is to read and that are not there, wherever it may look for them. */
export function checkRequirementFiles(
  document: PythonEnvDocument | CondaEnvDocument,
  { folderUri, files }: ProjectFacts,
): readonly Fault[] {
  const code = document.kind === 'pythonEnv' ? 'python-env.missing-file' : 'conda-env.missing-file';
  return requirementFiles(document, folderUri)
    .filter(({ paths }) => paths.every((path) => files.get(path)?.kind === 'missing'))
    .map(({ requirement: { node }, name }) => ({
      code,
      range: node.range,
      message: `There is no \`${name}\` in the project, so this environment cannot be made.`,
    }));
}
