import { condaEnvKeys, pythonEnvKeys } from './environmentKeys';
import type { KeyKnowledge } from './keyKnowledge';
import { dockerEnvKeys, entryPointKeys, parameterKeys, projectKeys, sparkJobKeys } from './mlprojectKeys';

/** The mappings whose keys MLflow knows. */
export type Place =
  'project' | 'dockerEnv' | 'sparkJob' | 'entryPoint' | 'parameter' | 'pythonEnv' | 'condaEnv';

/** What each place allows. */
export const keysOf: Readonly<Record<Place, readonly KeyKnowledge[]>> = {
  project: projectKeys,
  dockerEnv: dockerEnvKeys,
  sparkJob: sparkJobKeys,
  entryPoint: entryPointKeys,
  parameter: parameterKeys,
  pythonEnv: pythonEnvKeys,
  condaEnv: condaEnvKeys,
};

/** Keys that hold a remark for people: MLflow ignores them, and nobody expects otherwise. */
export const remarkKeys: ReadonlySet<string> = new Set([
  'description',
  'desc',
  'doc',
  'docs',
  'help',
  'comment',
  'note',
  'notes',
]);

export function findKey(place: Place, name: string): KeyKnowledge | undefined {
  return keysOf[place].find((key) => key.name === name);
}
