import { deepEqual, equal } from 'node:assert/strict';
import { isBuiltImage, proposeDockerArguments } from '../../../extension/projects/docker';

const docker = { entryPoints: [], environments: ['docker_env'], name: 'a' };
const here = 'http://127.0.0.1:5000';

describe('The arguments of docker run that are proposed', () => {
  it('give a container the network of a machine that alone sees the tracking server', () => {
    for (const uri of [here, 'http://localhost:5000', 'http://[::1]:5000'])
      deepEqual(proposeDockerArguments(docker, uri, 'linux'), new Map([['network', 'host']]));
  });

  it('are none for servers that others see, for local stores, other systems and other environments', () => {
    equal(proposeDockerArguments(docker, 'https://mlflow.example.test', 'linux'), undefined);
    equal(proposeDockerArguments(docker, 'sqlite:////a/mlflow.db', 'linux'), undefined);
    equal(proposeDockerArguments(docker, here, 'darwin'), undefined);
    equal(proposeDockerArguments({ ...docker, environments: ['conda_env'] }, here, 'linux'), undefined);
    equal(proposeDockerArguments(undefined, here, 'linux'), undefined);
  });
});

describe('An image that a run was in', () => {
  it('was built by MLflow where it has the name of the project', () => {
    equal(isBuiltImage('a', docker), true);
    equal(isBuiltImage('a:1f2e3d4', docker), true);
    equal(isBuiltImage('ab:1f2e3d4', docker), false);
    equal(isBuiltImage('base:1', docker), false);
    equal(isBuiltImage(undefined, docker), false);
    equal(isBuiltImage(':1', { ...docker, name: undefined }), false);
  });
});
