import type { LoggedModelTarget, RunTarget } from '../manifest';
import type { Artifact } from '../tracking/model';
import {
  joinId,
  type FailureNode,
  type MoreNode,
  type NoteNode,
  type RowIcon,
  type Tip,
} from '../ui/treeRow';

/**
 * The rows of the Experiments view. Those that stand for a thing are keys to what the catalog holds, so that they look
 * as it is now; those below a run hold what they show, since they are made anew whenever their run changes.
 */
export type ExperimentsNode =
  | ExperimentNode
  | SearchNode
  | RunNode
  | SectionNode
  | ValueNode
  | ArtifactNode
  | MoreNode<ExperimentsNode>
  | FailureNode<ExperimentsNode>
  | NoteNode<ExperimentsNode>;

export interface ExperimentNode {
  readonly kind: 'experiment';
  readonly id: string;
  readonly parent: undefined;
  readonly experimentId: string;
}

/** What is searched for among the runs of an experiment. */
export interface SearchNode {
  readonly kind: 'search';
  readonly id: string;
  readonly parent: ExperimentNode;
  readonly experimentId: string;
  readonly label: string;
}

export interface RunNode {
  readonly kind: 'run';
  readonly id: string;
  readonly parent: ExperimentNode | RunNode;
  readonly experimentId: string;
  readonly runId: string;
}

export type SectionName = 'params' | 'metrics' | 'tags' | 'artifacts' | 'datasets' | 'models';

export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  readonly parent: RunNode;
  readonly name: SectionName;
  /** How many rows it holds, where that is known without asking. */
  readonly count: number | undefined;
  readonly experimentId: string;
  readonly runId: string;
}

/** A parameter, metric, tag, dataset or model. */
export interface ValueNode {
  readonly kind: 'value';
  readonly id: string;
  readonly parent: SectionNode;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** What it is, as a screen reader says it before its label: `Parameter`. */
  readonly noun: string;
  /** The whole value, as it is copied. */
  readonly value: string;
  readonly tip: Tip;
  /** Of a metric only: whose it is, and its name. */
  readonly runId?: string;
  readonly metric?: string;
  /** Of a model that MLflow 3 keeps only. */
  readonly modelId?: string;
  /** The run or logged model that a click opens. */
  readonly opens?: RunTarget | LoggedModelTarget | undefined;
}

export interface ArtifactNode {
  readonly kind: 'artifact';
  readonly id: string;
  readonly parent: SectionNode | ArtifactNode;
  readonly experimentId: string;
  readonly runId: string;
  readonly artifact: Artifact;
}

export function experimentNode(experimentId: string): ExperimentNode {
  return { kind: 'experiment', id: experimentNodeId(experimentId), parent: undefined, experimentId };
}

export function searchNode(parent: ExperimentNode, label: string): SearchNode {
  const { experimentId } = parent;
  return { kind: 'search', id: joinId(parent.id, 'search'), parent, experimentId, label };
}

export function runNode(parent: ExperimentNode | RunNode, runId: string): RunNode {
  const { experimentId } = parent;
  return { kind: 'run', id: runNodeId(experimentId, runId), parent, experimentId, runId };
}

export function sectionNode(parent: RunNode, name: SectionName, count: number | undefined): SectionNode {
  const { experimentId, runId } = parent;
  return { kind: 'section', id: joinId(parent.id, name), parent, name, count, experimentId, runId };
}

export function artifactNode(parent: SectionNode | ArtifactNode, artifact: Artifact): ArtifactNode {
  const { experimentId, runId } = parent;
  const name = artifact.path.slice(artifact.path.lastIndexOf('/') + 1);
  return { kind: 'artifact', id: joinId(parent.id, name), parent, experimentId, runId, artifact };
}

export function experimentNodeId(experimentId: string): string {
  return `experiment:${joinId(undefined, experimentId)}`;
}

/** A run may be listed in two experiments by a confused server; it is one row in each. */
export function runNodeId(experimentId: string, runId: string): string {
  return `run:${joinId(undefined, experimentId, runId)}`;
}

/** The run that a row belongs to, if it belongs to one. */
export function runOf(node: ExperimentsNode): RunNode | undefined {
  let current: ExperimentsNode | undefined = node;
  while (current && current.kind !== 'run') current = current.parent;
  return current;
}
