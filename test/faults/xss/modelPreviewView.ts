import { ready } from '../../../webviews/protocol/panel';
import {
  copyExample,
  refresh,
  show,
  type ExampleContent,
  type ModelPreview,
  type SpecRow,
} from '../../../webviews/protocol/modelPreview';
import { ordinaryModel, versionSubject } from '../../webviews/support/modelPreviews';
import { longText, refuse, type HostileView, type TextFor } from './hostileView';

export const hostileModelPreview: HostileView = {
  name: 'modelPreview',
  drawn: 'h1',
  undrawn: ['model uri', 'loading code'],
  serve: (channel, textFor) => {
    channel.listen(ready, () => {
      channel.send(show, { kind: 'ready', subject: versionSubject, model: modelOf(textFor) });
    });
    refuse(channel, refresh, textFor);
    channel.handle(copyExample, () => null);
  },
  fail: (channel, textFor) => {
    channel.send(show, { kind: 'failed', subject: versionSubject, cause: textFor('failure') });
  },
};

function modelOf(text: TextFor): ModelPreview {
  const entry = (what: string) => [
    { key: text(`${what} key`), value: text(`${what} value`) },
    { key: `long ${what}`, value: longText(text(`long ${what} value`)) },
  ];
  return {
    ...{ name: text('model name'), uri: text('model uri'), code: text('loading code') },
    problems: [{ text: text('problem'), line: 7 }],
    facts: factsOf(text),
    version: versionOf(text),
    signature: {
      inputs: [specOf(text, 'input')],
      outputs: [specOf(text, 'output')],
      params: [specOf(text, 'param')],
    },
    flavors: [flavorOf(text)],
    dependencies: {
      rows: [
        {
          name: text('package'),
          says: [1, 2, 3, 4].map((place) => text(`said ${place}`)),
          disagreement: text('disagreement'),
        },
      ],
      notes: [text('note on dependencies')],
      isLoading: false,
    },
    example: { file: text('example file'), type: text('example type'), content: tableOf(text) },
    run: {
      id: text('run id'),
      name: text('run name'),
      experimentName: text('experiment name'),
      metrics: [
        {
          key: text('metric key'),
          value: text('metric value'),
          step: text('metric step'),
          loggedAt: Infinity,
        },
      ],
      problem: text('run problem'),
    },
    resources: entry('resource'),
    metadata: entry('metadata'),
    loggedParams: entry('logged parameter'),
    logged: { status: 'READY', modelType: text('model type'), problem: text('model problem') },
    tags: entry('tag'),
    otherKeys: entry('other key'),
    files: [
      { name: text('file'), role: text('file role'), state: 'there', isFolder: false, opens: true },
      {
        name: text('missing file'),
        role: text('missing role'),
        state: 'missing',
        isFolder: true,
        opens: false,
      },
    ],
  };
}

function factsOf(text: TextFor): ModelPreview['facts'] {
  return {
    ...ordinaryModel.facts,
    mlflowVersion: text('mlflow version'),
    createdAt: text('created'),
    pythonVersion: text('python version'),
    modelId: text('model id'),
    modelUuid: text('model uuid'),
    artifactPath: text('artifact path'),
    codePath: text('code path'),
    databricksRuntime: text('runtime'),
    registered: [
      {
        modelName: text('registered name'),
        version: '1',
        aliases: [text('registered alias')],
        stage: text('registered stage'),
      },
    ],
  };
}

function versionOf(text: TextFor): NonNullable<ModelPreview['version']> {
  return {
    ...{ modelName: 'm', version: text('version'), aliases: [text('alias')], stage: text('stage') },
    ...{ status: 'FAILED_REGISTRATION', statusMessage: text('status message'), source: text('source') },
    ...{ description: longText(text('description')), registeredAt: 1e300, problem: text('version problem') },
  };
}

function specOf(text: TextFor, what: string): SpecRow {
  const inner = { name: text(`${what} property`), type: text(`${what} property type`), isRequired: true };
  return {
    ...{ name: text(`${what} name`), type: text(`${what} type`), isRequired: true, properties: [inner] },
    ...(what === 'param' ? { fallback: text('param default') } : {}),
  };
}

function flavorOf(text: TextFor): ModelPreview['flavors'][number] {
  return {
    ...{ name: text('flavor name'), title: text('flavor title'), about: text('flavor about') },
    ...{ version: text('flavor version'), code: text('flavor code'), warning: text('flavor warning') },
    keys: [{ key: text('flavor key'), value: text('flavor value') }],
  };
}

function tableOf(text: TextFor): ExampleContent {
  return { kind: 'table', columns: [text('example column')], rows: [[text('example cell')]], total: 9 };
}
