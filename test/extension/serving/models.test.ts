import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  buildDockerArguments,
  composeModelProgram,
  findImageProblem,
  serveArguments,
  suggestImage,
} from '../../../extension/serving/modelProgram';
import { modelOfFile, modelOfVersion } from '../../../extension/serving/modelSource';
import { listModels } from '../../../extension/ui/modelsOfRun';
import { describeServer } from '../../../extension/serving/runningRows';
import { composeSageMaker } from '../../../extension/serving/sageMaker';
import type { WindowServer } from '../../../extension/processes/windowServers';

describe('A model that is to be served', () => {
  it('is a version by number or alias, or the folder of an MLmodel', () => {
    equal(modelOfVersion({ modelName: 'iris', version: '3' }).uri, 'models:/iris/3');
    equal(modelOfVersion({ modelName: 'iris', version: '@best' }).uri, 'models:/iris@best');
    deepEqual(modelOfFile('/data/my model/MLmodel'), { uri: '/data/my model', name: 'my model' });
  });

  it('is one of those that a run keeps, each once, else of those that MLflow 2 noted', () => {
    const run = {
      id: 'r',
      name: 'first',
      tags: new Map<string, string>(),
      modelOutputs: [],
      modelInputs: [],
    };
    const outputs = [{ modelId: 'm-1', step: 0 }];
    deepEqual(
      listModels({ ...run, modelOutputs: outputs, modelInputs: ['m-2'] }, [{ id: 'm-1', name: 'tree' }]),
      [
        { uri: 'models:/m-1', name: 'tree' },
        { uri: 'models:/m-2', name: 'm-2' },
      ],
    );
    const history = new Map([['mlflow.log-model.history', '[{"artifact_path": "model"}]']]);
    deepEqual(listModels({ ...run, tags: history }, []), [{ uri: 'runs:/r/model', name: 'model of first' }]);
  });
});

describe('The command for a model', () => {
  const hostile = '--host=0.0.0.0; rm -rf $(x) `y`\n"\'';

  it('holds each value in one argument that is no option', () => {
    ok(serveArguments(hostile, 5001, 'local').includes(`--model-uri=${hostile}`));
    deepEqual(buildDockerArguments(hostile, 'image').slice(2), [`--model-uri=${hostile}`, '--name=image']);
  });

  it('has credentials in the environment only, those of the connection and no others', () => {
    const environment = {
      PATH: '/usr/bin',
      MLFLOW_TRACKING_URI: 'http://other',
      MLFLOW_TRACKING_TOKEN: 'of-other',
      MLFLOW_RUN_ID: 'under-way',
      AWS_PROFILE: 'mine',
    };
    const tracking = {
      MLFLOW_TRACKING_URI: 'http://here',
      MLFLOW_TRACKING_USERNAME: 'me',
      MLFLOW_TRACKING_PASSWORD: 'c4nary',
    };
    const options = { python: '/venv/bin/python', environment, folder: '/project' };
    const { args, env } = composeModelProgram({ ...options, tracking }, serveArguments('m', 1, 'local'));
    equal(args.join(' ').includes('c4nary'), false);
    const {
      MLFLOW_TRACKING_URI,
      MLFLOW_TRACKING_PASSWORD,
      MLFLOW_TRACKING_TOKEN,
      MLFLOW_RUN_ID,
      AWS_PROFILE,
      PATH,
    } = env;
    deepEqual(
      [MLFLOW_TRACKING_URI, MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN, MLFLOW_RUN_ID, AWS_PROFILE],
      ['http://here', 'c4nary', undefined, undefined, 'mine'],
    );
    match(PATH ?? '', /^\/venv\/bin.\/usr\/bin$/);
    const without = composeModelProgram({ ...options, tracking: undefined }, []);
    equal(without.env['MLFLOW_TRACKING_TOKEN'], 'of-other');
  });

  it('suggests only names of images that Docker takes', () => {
    for (const name of ['Iris (v2) 3', '---', '模型', 'a'.repeat(50)])
      equal(findImageProblem(suggestImage(name)), undefined);
    for (const image of ['', '-x', 'A', 'a b', '--file=/etc/passwd']) ok(findImageProblem(image), image);
  });

  it('for SageMaker keeps a hostile URI one word of the shell', () => {
    match(composeSageMaker("models:/it's $(x)/1", 'its-x'), /^MODEL='models:\/it'"'"'s \$\(x\)\/1'$/m);
  });
});

describe('The row of a server', () => {
  const server = { address: 'http://127.0.0.1:5001' } as WindowServer['server'];
  const served = {
    kind: 'model',
    id: 'x',
    name: 'iris 3\u202e',
    page: undefined,
    showLog: () => undefined,
  } as const;

  it('says what it serves, how it is and where', () => {
    const { label, description, context, spoken } = describeServer({ served, server }, 'well');
    deepEqual([label, description, context], ['iris 3', 'ready · 127.0.0.1:5001', 'model well']);
    equal(spoken, 'model, iris 3, ready · 127.0.0.1:5001');
  });

  it('offers a page where there is one, and says what is wrong', () => {
    const store = { ...served, kind: 'store', page: '/' } as const;
    equal(describeServer({ served: store, server }, 'silent').context, 'store silent page');
    match(describeServer({ served: store, server }, 'silent').description ?? '', /^does not answer/);
  });
});
