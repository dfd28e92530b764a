import { ready } from '../../../webviews/protocol/panel';
import { loadArtifacts, refresh, show, type RunSummary } from '../../../webviews/protocol/runSummary';
import { ordinaryRun, subject } from '../../webviews/support/runSummaries';
import { longText, refuse, type HostileView, type TextFor } from './hostileView';

export const hostileRunSummary: HostileView = {
  name: 'runSummary',
  drawn: 'h1',
  undrawn: ['model step'],
  serve: (channel, textFor) => {
    channel.listen(ready, () => {
      channel.send(show, { kind: 'ready', subject, run: summaryOf(textFor) });
    });
    channel.handle(loadArtifacts, ({ path }) => {
      if (path !== '') throw new Error(textFor('artifact failure'));
      return [
        { path: textFor('artifact folder'), isDirectory: true },
        { path: `${textFor('artifact file')}.json`, isDirectory: false, size: 1 },
      ];
    });
    refuse(channel, refresh, textFor);
  },
  fail: (channel, textFor) => {
    channel.send(show, { kind: 'failed', subject, cause: textFor('failure') });
  },
};

function summaryOf(text: TextFor): RunSummary {
  const entry = (what: string) => [
    { key: text(`${what} key`), value: text(`${what} value`) },
    { key: `long ${what}`, value: longText(text(`long ${what} value`)) },
  ];
  return {
    ...ordinaryRun,
    name: text('run name'),
    isDeleted: true,
    problem: text('problem'),
    facts: factsOf(text),
    note: longText(text('note')),
    metrics: [
      { key: text('metric key'), value: text('metric value'), step: text('metric step'), loggedAt: Infinity },
    ],
    params: entry('parameter'),
    tags: entry('tag'),
    systemTags: entry('system tag'),
    datasets: [datasetOf(text), spoiltDatasetOf(text)],
    models: { kind: 'ready', models: [modelOf(text)] },
  };
}

function factsOf(text: TextFor): RunSummary['facts'] {
  return {
    experimentId: '7',
    experimentName: text('experiment name'),
    startedAt: 1e300,
    endedAt: -1e300,
    user: text('user'),
    source: text('source name'),
    sourceType: text('source type'),
    entryPoint: text('entry point'),
    gitCommit: text('commit'),
    gitBranch: text('branch'),
    gitRepository: text('repository'),
    parentRunId: text('parent run'),
  };
}

function datasetOf(text: TextFor): RunSummary['datasets'][number] {
  const column = { name: text('dataset column'), type: text('dataset column type') };
  return {
    name: text('dataset name'),
    digest: text('dataset digest'),
    context: text('dataset context'),
    sourceType: text('dataset source type'),
    source: JSON.stringify({ [text('dataset source key')]: text('dataset source') }),
    schema: JSON.stringify({ mlflow_colspec: [column] }),
    profile: text('dataset profile'),
  };
}

/** Its schema and source are not what they should be. */
function spoiltDatasetOf(text: TextFor): RunSummary['datasets'][number] {
  const { name, digest } = { name: text('spoilt dataset'), digest: '7' };
  return { name, digest, sourceType: 'local', source: text('spoilt source'), schema: text('spoilt schema') };
}

function modelOf(text: TextFor): Extract<RunSummary['models'], { kind: 'ready' }>['models'][number] {
  return {
    id: text('model id'),
    name: text('model name'),
    role: 'output',
    status: text('model status'),
    type: text('model type'),
    step: text('model step'),
  };
}
