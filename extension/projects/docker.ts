import { join, sep } from 'node:path';
import { isLoopback } from '../connections/trackingUri';
import type { Launch } from './launch';
import type { ProjectFile } from './projectFile';
import { StreamReplacer } from './streamReplacer';

/** Whether MLflow runs a project in a container. */
export function hasDocker(file: ProjectFile | undefined): boolean {
  return file?.environments.includes('docker_env') === true;
}

/**
 * The arguments of `docker run` without which a container would not reach a tracking server that only this machine sees: on Linux it can
 * have the machine's own network. MLflow hands the address on as it is, and the script would ask in vain for minutes.
 */
export function proposeDockerArguments(
  file: ProjectFile | undefined,
  trackingUri: string,
  platform: NodeJS.Platform,
): Launch['dockerArguments'] {
  const isHere = /^https?:/i.test(trackingUri) && isLoopback(trackingUri);
  return hasDocker(file) && isHere && platform === 'linux' ? new Map([['network', 'host']]) : undefined;
}

/** Whether MLflow built an image for a project: such a one has the project's name, and the beginning of a commit for its tag. */
export function isBuiltImage(image: string | undefined, { name }: ProjectFile): boolean {
  return name !== undefined && (image === name || image?.startsWith(`${name}:`) === true);
}

/** A repository's name as Docker takes it, but for a registry in front of it. */
const imageName = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;

/** Why MLflow cannot make the image of a project; undefined where it can, or need not. Its build ends in Docker's “invalid reference format”. */
export function findImageProblem({ backend, buildImage }: Launch, file: ProjectFile): string | undefined {
  if (!hasDocker(file)) return undefined;
  if (file.name === undefined) return 'A project with docker_env needs a name, which MLflow gives its image.';
  const isTagged = buildImage === true && (backend ?? 'local') === 'local';
  return isTagged && !imageName.test(file.name)
    ? `MLflow gives the image that it builds the project’s name, and Docker does not take “${file.name}”: it takes small letters and digits with “.”, “_”, “-” or “/” between them.`
    : undefined;
}

/** Where MLflow copies a project's files to in the image that it builds (`MLFLOW_DOCKER_WORKDIR_PATH`). */
const copiedTo = '/mlflow/projects/code/';

/** Has Python's tracebacks from a container name the files of this machine that were copied there. */
export function nameCopiedFiles(folder: string): StreamReplacer {
  return new StreamReplacer(`File "${copiedTo}`, `File "${join(folder, sep)}`);
}
