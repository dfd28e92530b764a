import { diffArtifacts } from '../../../extension/runDiff/diffArtifacts';
import type { RunSource } from '../../../extension/runDiff/diffRuns';
import { ready } from '../../../webviews/protocol/panel';
import { copyDiff, loadArtifacts, refresh, show, type RunDiff } from '../../../webviews/protocol/runDiff';
import { diffOf, sourceOf } from '../../webviews/runDiff/diffs';
import { subjectOf } from '../../webviews/runDiff/diffView';
import { longText, refuse, type HostileView, type TextFor } from './hostileView';

export const hostileRunDiff: HostileView = {
  name: 'runDiff',
  drawn: '.run-name',
  serve: (channel, textFor) => {
    const diff = comparisonOf(textFor);
    channel.listen(ready, () => {
      channel.send(show, { kind: 'ready', subject: subjectOf(diff), diff });
    });
    channel.handle(loadArtifacts, ({ path }) => {
      if (path !== '') return diffArtifacts([[], [], []]);
      const files = [
        { path: textFor('artifact folder'), isDirectory: true, size: undefined },
        { path: `${textFor('artifact file')}.json`, isDirectory: false, size: 1 },
      ];
      return diffArtifacts([files, [], { failure: textFor('artifact failure') }]);
    });
    refuse(channel, refresh, textFor);
    refuse(channel, copyDiff, textFor);
  },
  fail: (channel, textFor) => {
    const subject = subjectOf(comparisonOf(textFor));
    channel.send(show, { kind: 'failed', subject, cause: textFor('failure') });
  },
};

function comparisonOf(text: TextFor): RunDiff {
  const gone: RunSource = {
    kind: 'unknown',
    id: 'r2',
    name: text('gone run'),
    cause: text('why it is gone'),
  };
  return diffOf([runOf(text, 'r0', ''), runOf(text, 'r1', '2'), gone]);
}

/** Two runs differ in all by the end of their texts, so that all is shown. */
function runOf(textFor: TextFor, id: string, end: string): RunSource {
  const text: TextFor = (sink) => textFor(sink) + end;
  const source = sourceOf({
    id,
    name: text('run name'),
    userId: text('user'),
    problem: textFor('problem'),
    params: new Map([
      [textFor('parameter key'), text('parameter value')],
      ['long', longText(text('long parameter value'))],
      ['nested', JSON.stringify({ [textFor('nested key')]: text('nested value') })],
    ]),
    tags: new Map([
      [textFor('tag key'), text('tag value')],
      ['mlflow.source.name', text('source name')],
      ['mlflow.source.git.commit', text('commit')],
      ['mlflow.note.content', text('note')],
    ]),
    metrics: new Map([[textFor('metric key'), { value: end.length, step: 1, timestamp: 1 }]]),
    datasets: [datasetOf(textFor, text)],
  });
  return { ...source, experimentName: text('experiment name') } as RunSource;
}

function datasetOf(textFor: TextFor, text: TextFor) {
  return {
    name: textFor('dataset name'),
    digest: text('dataset digest'),
    sourceType: text('dataset source type'),
    source: JSON.stringify({ [textFor('dataset source key')]: text('dataset source') }),
    schema: text('dataset schema'),
    profile: undefined,
    context: textFor('dataset context'),
  };
}
