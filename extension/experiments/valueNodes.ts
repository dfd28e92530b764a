import type { DatasetInput, LoggedModel, MetricPoint, Run } from '../tracking/model';
import { formatDate, formatMetric } from '../ui/numbers';
import { joinFacts, plainLines, plainText } from '../ui/text';
import { codicon, joinId } from '../ui/treeRow';
import type { SectionNode, ValueNode } from './nodes';
import { listModels, type RunModel } from './runModels';
import { isSystemTag, readParentTag, readSystemTags, type SystemFact } from './systemTags';

const names = new Intl.Collator(undefined, { numeric: true });

/** The parameters of a run by name. */
export function paramNodes(parent: SectionNode, run: Run): readonly ValueNode[] {
  return [...run.params]
    .sort(([one], [other]) => names.compare(one, other))
    .map(([key, value]) => keyedNode(parent, 'Parameter', 'symbol-parameter', key, value));
}

/** The last value of each metric, what the model scored before what the machine did. */
export function metricNodes(parent: SectionNode, run: Run): readonly ValueNode[] {
  return [...run.metrics].sort(compareMetrics).map(([key, point]) => ({
    ...keyedNode(parent, 'Metric', 'graph-line', key, String(point.value)),
    runId: parent.runId,
    metric: key,
    description: formatMetric(point.value),
    tip: {
      title: plainText(key),
      facts: [
        ['Last value', String(point.value)],
        ['Step', String(point.step)],
        ['Logged', formatDate(point.timestamp)],
      ],
    },
  }));
}

type Metric = readonly [key: string, point: MetricPoint];

/** By name, what MLflow itself measured of the machine last. */
function compareMetrics([one]: Metric, [other]: Metric): number {
  return Number(isSystemMetric(one)) - Number(isSystemMetric(other)) || names.compare(one, other);
}

/** Whether MLflow logged it about the machine, not the user about the model. */
export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/** What MLflow's own tags mean, then the tags that people set. The parent of a nested run is the row above it. */
export function tagNodes(
  parent: SectionNode,
  run: Run,
  nameRun: (runId: string) => string | undefined = () => undefined,
): readonly ValueNode[] {
  const isNested = parent.parent.parent.kind === 'run';
  const parentFact = isNested ? undefined : readParentTag(run, nameRun);
  const facts = readSystemTags(run).map((fact) => factNode(parent, fact));
  const own = [...run.tags]
    .filter(([key]) => !isSystemTag(key))
    .sort(([one], [other]) => names.compare(one, other))
    .map(([key, value]) => keyedNode(parent, 'Tag', 'tag', key, value));
  return [
    ...facts,
    ...(parentFact ? [{ ...factNode(parent, parentFact), opens: { runId: parentFact.value } }] : []),
    ...own,
  ];
}

/** The datasets that a run used, in its own order. */
export function datasetNodes(parent: SectionNode, run: Run): readonly ValueNode[] {
  return run.datasets.map((dataset, index) => datasetNode(parent, dataset, index));
}

/** The models that a run made and used. */
export function modelNodes(
  parent: SectionNode,
  run: Run,
  logged: readonly LoggedModel[],
): readonly ValueNode[] {
  return listModels(run, logged).map((model) => modelNode(parent, model));
}

function keyedNode(parent: SectionNode, noun: string, icon: string, key: string, value: string): ValueNode {
  return {
    kind: 'value',
    id: joinId(parent.id, key),
    parent,
    noun,
    label: plainText(key) || '(no name)',
    description: plainText(value),
    icon: codicon(icon),
    value,
    tip: { title: plainText(key), facts: [], text: plainLines(value) },
  };
}

function factNode(parent: SectionNode, { label, key, value, brief, icon }: SystemFact): ValueNode {
  const node = keyedNode(parent, 'Tag', icon, key, value);
  return { ...node, label, description: plainText(brief), tip: { ...node.tip, title: label } };
}

function datasetNode(parent: SectionNode, dataset: DatasetInput, index: number): ValueNode {
  const { name, digest, context = '', sourceType, source, schema } = dataset;
  return {
    ...keyedNode(parent, 'Dataset', 'database', name, name),
    // The same data may be used twice, so only the position tells datasets apart.
    id: joinId(parent.id, String(index)),
    description: plainText(joinFacts([context, digest])),
    tip: {
      title: plainText(name),
      facts: [
        ['Used for', plainText(context)],
        ['Digest', plainText(digest)],
        ['Source', plainText(joinFacts([sourceType, source]), 500)],
        ['Schema', plainText(schema ?? '', 1000)],
      ],
    },
  };
}

function modelNode(parent: SectionNode, model: RunModel): ValueNode {
  const isInput = model.role === 'input';
  const step = model.step === undefined ? undefined : `step ${model.step}`;
  return {
    ...keyedNode(
      parent,
      isInput ? 'Input model' : 'Model',
      isInput ? 'sign-in' : 'package',
      model.name,
      model.key,
    ),
    id: joinId(parent.id, model.role, model.key),
    ...(model.isLogged && { modelId: model.key, opens: { modelId: model.key } }),
    description: plainText(
      joinFacts([isInput ? 'input' : '', model.type, model.status === 'READY' ? '' : model.status, step]),
    ),
    tip: {
      title: plainText(model.name),
      facts: [
        ['Model', plainText(model.key)],
        ['Type', plainText(model.type)],
        ['Status', plainText(model.status)],
        ['Step', model.step],
      ],
    },
  };
}
