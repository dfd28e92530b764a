import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf } from '../tracking/errors';
import { UserError } from '../ui/userError';
import { type ProjectFile, readProjectFile } from './projectFile';

/**
 * What the MLproject in a folder says, found as MLflow finds it: whatever the case of its name. A folder without one is a project
 * of scripts. Rejects with a UserError where it cannot be read.
 */
export async function readProject(folder: string): Promise<ProjectFile> {
  try {
    const name = (await readdir(folder)).find((one) => one.toLowerCase() === 'mlproject');
    if (name === undefined) return { entryPoints: [], environments: [] };
    return await readProjectFile(await readFile(join(folder, name), 'utf8'));
  } catch (error) {
    throw new UserError(`The project in ${folder} cannot be read: ${causeOf(error)}`, { cause: error });
  }
}
