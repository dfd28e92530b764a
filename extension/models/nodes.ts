import {
  joinId,
  type FailureNode,
  type MoreNode,
  type NoteNode,
  type RowIcon,
  type Tip,
} from '../ui/treeRow';

/** The rows of the Registered Models view; see experiments/nodes for which hold data and which are keys. */
export type ModelsNode =
  | SearchNode
  | ModelNode
  | VersionNode
  | SectionNode
  | FieldNode
  | MoreNode<ModelsNode>
  | FailureNode<ModelsNode>
  | NoteNode<ModelsNode>;

/** What is searched for among the models. */
export interface SearchNode {
  readonly kind: 'search';
  readonly id: string;
  readonly parent: undefined;
  readonly label: string;
}

export interface ModelNode {
  readonly kind: 'model';
  readonly id: string;
  readonly parent: undefined;
  readonly modelName: string;
}

export interface VersionNode {
  readonly kind: 'version';
  readonly id: string;
  readonly parent: ModelNode;
  readonly modelName: string;
  readonly version: string;
}

export type SectionName = 'reviews' | 'tags' | 'signature';

export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  readonly parent: VersionNode;
  readonly name: SectionName;
  readonly count: number | undefined;
}

/** A fact of a version, one of its tags, or a part of its signature, whose own fields may lie under it. */
export interface FieldNode {
  readonly kind: 'field';
  readonly id: string;
  readonly parent: VersionNode | SectionNode | FieldNode;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** The whole value, as it is copied. */
  readonly value: string;
  readonly tip: Tip;
  readonly fields?: readonly Field[];
  /** The run that a click opens. */
  readonly opens?: string | undefined;
}

/** What a field row shows, before it has a place. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  readonly value: string;
  readonly tip: Tip;
  readonly fields?: readonly Field[];
  readonly opens?: string | undefined;
}

export function searchNode(label: string): SearchNode {
  return { kind: 'search', id: 'search', parent: undefined, label };
}

export function modelNode(modelName: string): ModelNode {
  return { kind: 'model', id: modelNodeId(modelName), parent: undefined, modelName };
}

export function versionNode(parent: ModelNode, version: string): VersionNode {
  const id = `version:${joinId(undefined, parent.modelName, version)}`;
  return { kind: 'version', id, parent, modelName: parent.modelName, version };
}

export function sectionNode(parent: VersionNode, name: SectionName, count: number | undefined): SectionNode {
  return { kind: 'section', id: joinId(parent.id, name), parent, name, count };
}

export function fieldNode(parent: FieldNode['parent'], { key, ...field }: Field): FieldNode {
  return { kind: 'field', id: joinId(parent.id, key), parent, ...field };
}

export function modelNodeId(modelName: string): string {
  return `model:${joinId(undefined, modelName)}`;
}

/** The version that a row belongs to, if it belongs to one. */
export function versionOf(node: ModelsNode): VersionNode | undefined {
  let current: ModelsNode | undefined = node;
  while (current && current.kind !== 'version') current = current.parent;
  return current;
}
