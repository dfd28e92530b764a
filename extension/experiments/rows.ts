import { isUnfinished, type Experiment, type MetricPoint, type Run, type RunStatus } from '../tracking/model';
import { formatAge, formatCount, formatDate, formatDuration, formatMetric, formatSize } from '../ui/numbers';
import { joinFacts, plainLines, plainText } from '../ui/text';
import {
  codicon,
  damaged,
  describeSearch,
  describeShared,
  explainShared,
  problemOf,
  runScheme,
  type RowIcon,
  type Tip,
  type TreeRow,
} from '../ui/treeRow';
import type { ExperimentsCatalog } from './children';
import type { ArtifactNode, ExperimentsNode, SectionName, SectionNode, ValueNode } from './nodes';
import { readSystemTags } from './systemTags';
import { isSystemMetric } from './valueNodes';

/** What a row's look depends on besides the catalog. */
export interface Look {
  readonly now: number;
  /** The metric shown beside a run; empty for the first by name. */
  readonly keyMetric: string;
  /** Whether a run goes on in this window, where it can be stopped. */
  readonly isOurs?: (runId: string) => boolean;
}

/** How a row looks now. */
export function describeNode(
  catalog: Pick<ExperimentsCatalog, 'findExperiment' | 'findRun'>,
  node: ExperimentsNode,
  look: Look,
): TreeRow {
  switch (node.kind) {
    case 'experiment':
      return describeExperiment(catalog.findExperiment(node.experimentId), node.experimentId);
    case 'run':
      return describeRun(catalog.findRun(node.runId), node.runId, look);
    case 'search':
      return describeSearch(node.label);
    case 'section':
      return describeSection(node);
    case 'value':
      return describeValue(node);
    case 'artifact':
      return describeArtifact(node);
    case 'more':
    case 'failure':
    case 'note':
      return describeShared(node);
  }
}

/** What a row tells on hovering. */
export function explainNode(
  catalog: Pick<ExperimentsCatalog, 'findExperiment' | 'findRun'>,
  node: ExperimentsNode,
  look: Look,
): Tip | undefined {
  switch (node.kind) {
    case 'experiment':
      return explainExperiment(catalog.findExperiment(node.experimentId));
    case 'run':
      return explainRun(catalog.findRun(node.runId), look);
    case 'value':
      return node.tip;
    case 'artifact':
      return { title: plainText(node.artifact.path, 1000), facts: [['Size', sizeOf(node)]] };
    case 'search':
      return { title: 'Only these runs are listed', facts: [], text: plainLines(node.label) };
    case 'section':
      return undefined;
    case 'more':
    case 'failure':
    case 'note':
      return explainShared(node);
  }
}

function describeExperiment(experiment: Experiment | undefined, id: string): TreeRow {
  const label = plainText(experiment?.name ?? '') || id;
  const lifecycle = experiment?.lifecycle ?? 'active';
  const problem = problemOf(experiment);
  return {
    label,
    description: joinFacts([lifecycle === 'deleted' ? 'deleted' : '', problem]) || undefined,
    icon: problem !== '' ? damaged : lifecycle === 'deleted' ? deleted : codicon('beaker'),
    isExpandable: true,
    context: joinContext('experiment', lifecycle),
    spoken: joinSpoken([`Experiment ${label}`, lifecycle === 'deleted' && 'deleted', problem]),
  };
}

function describeRun(run: Run | undefined, id: string, look: Look): TreeRow {
  if (!run) {
    return {
      label: id,
      icon: codicon('question'),
      isExpandable: false,
      context: 'gone',
      spoken: `Run ${id}, gone`,
    };
  }
  const label = nameRun(run);
  const status = statuses[run.status];
  const problem = problemOf(run);
  const facts = [problem, ...factsOf(run, look)].filter((fact) => fact !== '');
  return {
    label,
    description: joinFacts([run.lifecycle === 'deleted' ? 'deleted' : '', ...facts]),
    icon: problem !== '' ? damaged : run.lifecycle === 'deleted' ? deleted : status.icon,
    isExpandable: true,
    context: joinContext(
      'run',
      isUnfinished(run) && 'unfinished',
      look.isOurs?.(run.id) === true && 'ours',
      run.lifecycle,
    ),
    resource: { scheme: runScheme, path: `/${run.id}` },
    spoken: joinSpoken([`Run ${label}`, run.lifecycle === 'deleted' && 'deleted', status.word, ...facts]),
  };
}

/** A run's name, or its id where nobody named it. */
export function nameRun(run: Pick<Run, 'id' | 'name'>): string {
  return plainText(run.name) || plainText(run.id);
}

/** Duration, age and key metric at a glance. */
export function factsOf(run: Run, { now, keyMetric }: Look): readonly string[] {
  const { startedAt } = run;
  const metric = findKeyMetric(run, keyMetric);
  return [
    durationOf(run, now) ?? '',
    startedAt === undefined ? '' : formatAge(startedAt, now),
    metric === undefined ? '' : `${plainText(metric[0], 60)} ${formatMetric(metric[1])}`,
  ].filter((fact) => fact !== '');
}

function durationOf(run: Run, now: number): string | undefined {
  const end = run.endedAt ?? (run.status === 'RUNNING' ? now : undefined);
  return run.startedAt === undefined || end === undefined ? undefined : formatDuration(end - run.startedAt);
}

function findKeyMetric(run: Run, keyMetric: string): readonly [key: string, value: number] | undefined {
  if (keyMetric !== '') {
    const chosen = run.metrics.get(keyMetric);
    return chosen && [keyMetric, chosen.value];
  }
  let first: readonly [string, MetricPoint] | undefined;
  for (const metric of run.metrics) {
    if (!isSystemMetric(metric[0]) && (!first || metric[0] < first[0])) first = metric;
  }
  return first && [first[0], first[1].value];
}

const sections: Readonly<Record<SectionName, { readonly label: string; readonly icon: string }>> = {
  params: { label: 'Parameters', icon: 'settings' },
  metrics: { label: 'Metrics', icon: 'graph' },
  tags: { label: 'Tags', icon: 'tag' },
  artifacts: { label: 'Artifacts', icon: 'files' },
  datasets: { label: 'Datasets', icon: 'database' },
  models: { label: 'Models', icon: 'package' },
};

function describeSection({ name, count }: SectionNode): TreeRow {
  const { label, icon } = sections[name];
  return {
    label,
    description: count?.toLocaleString('en-US'),
    icon: codicon(icon),
    isExpandable: true,
    context: `section ${name}`,
    spoken: count === undefined ? label : `${label}, ${formatCount(count, 'item')}`,
  };
}

function describeValue(node: ValueNode): TreeRow {
  return {
    label: node.label,
    description: node.description,
    icon: node.icon,
    isExpandable: false,
    context: contextOf(node),
    spoken: joinSpoken([`${node.noun} ${node.label}`, node.description]),
  };
}

function contextOf({ metric, opens }: ValueNode): string {
  if (metric !== undefined) return 'value metric';
  if (opens === undefined) return 'value';
  return 'runId' in opens ? 'value opensRun' : 'value loggedModel';
}

function describeArtifact(node: ArtifactNode): TreeRow {
  const { path, isDirectory } = node.artifact;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const label = plainText(name) || plainText(path) || '(no name)';
  return {
    label,
    description: sizeOf(node),
    icon: isDirectory ? codicon('folder') : { kind: 'file', name: label },
    isExpandable: isDirectory,
    context: isDirectory ? 'artifact folder' : 'artifact file',
    spoken: joinSpoken([`${isDirectory ? 'Folder' : 'File'} ${label}`, sizeOf(node)]),
  };
}

function sizeOf({ artifact }: ArtifactNode): string | undefined {
  return artifact.isDirectory || artifact.size === undefined ? undefined : formatSize(artifact.size);
}

function explainExperiment(experiment: Experiment | undefined): Tip | undefined {
  return (
    experiment && {
      title: plainText(experiment.name),
      facts: [
        ['Problem', problemOf(experiment) || undefined],
        ['Id', plainText(experiment.id)],
        ['Created', experiment.createdAt === undefined ? undefined : formatDate(experiment.createdAt)],
        ['Changed', experiment.updatedAt === undefined ? undefined : formatDate(experiment.updatedAt)],
        ['Artifacts', plainText(experiment.artifactLocation, 500)],
      ],
      text: plainLines(experiment.tags.get('mlflow.note.content') ?? ''),
    }
  );
}

function explainRun(run: Run | undefined, { now }: Look): Tip | undefined {
  if (!run) return undefined;
  const facts = readSystemTags(run).filter((fact) => fact.key !== 'mlflow.note.content');
  return {
    title: nameRun(run),
    facts: [
      ['Problem', problemOf(run) || undefined],
      ['Status', joinFacts([statuses[run.status].word, run.lifecycle === 'deleted' ? 'deleted' : ''])],
      ['Started', run.startedAt === undefined ? undefined : formatDate(run.startedAt)],
      ['Took', durationOf(run, now)],
      ...facts.map((fact) => [fact.label, plainText(fact.value)] as const),
      ['Id', plainText(run.id)],
    ],
    text: plainLines(run.tags.get('mlflow.note.content') ?? ''),
  };
}

interface Status {
  readonly word: string;
  readonly icon: RowIcon;
}

export const statuses: Readonly<Record<RunStatus, Status>> = {
  RUNNING: { word: 'running', icon: codicon('loading~spin', 'charts.blue') },
  SCHEDULED: { word: 'scheduled', icon: codicon('clock', 'charts.blue') },
  FINISHED: { word: 'finished', icon: codicon('pass', 'testing.iconPassed') },
  FAILED: { word: 'failed', icon: codicon('error', 'testing.iconFailed') },
  KILLED: { word: 'killed', icon: codicon('circle-slash', 'testing.iconSkipped') },
  UNKNOWN: { word: 'of unknown status', icon: codicon('question') },
};

const deleted = codicon('trash', 'disabledForeground');

function joinContext(kind: string, ...flags: readonly (string | false)[]): string {
  return [kind, ...flags.filter((flag) => flag !== false && flag !== 'active')].join(' ');
}

function joinSpoken(facts: readonly (string | false | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined && fact !== false && fact !== '').join(', ');
}
