import { causeOf, isCancellation } from '../tracking/errors';
import type { Damageable } from '../tracking/model';
import { plainLines, plainText } from './text';

/** Parts that all our trees share, free of VS Code: what a row says, and the rows that stand for no thing of MLflow's. */

/** What a row looks like. Whoever fills it in has made strangers' text safe (ui/text). */
export interface TreeRow {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: RowIcon | undefined;
  readonly isExpandable: boolean;
  /** Words that menus match, the kind of row first: `run unfinished deleted`. */
  readonly context: string;
  /** A URI that stands for the thing, by which it gets badges; label and icon are the row's own all the same. */
  readonly resource?: { readonly scheme: string; readonly path: string };
  /** The row as a screen reader says it. */
  readonly spoken: string;
}

/** The scheme of the URIs that stand for runs, `mlflow-run:/<run id>`. */
export const runScheme = 'mlflow-run';

export type RowIcon =
  | { readonly kind: 'codicon'; readonly id: string; readonly color?: string }
  /** The icon that the user's icon theme has for a file of that name. */
  | { readonly kind: 'file'; readonly name: string };

export function codicon(id: string, color?: string): RowIcon {
  return color === undefined ? { kind: 'codicon', id } : { kind: 'codicon', id, color };
}

/** The icon of a row whose thing lies damaged in the store. */
export const damaged = codicon('warning', 'list.warningForeground');

/** What is wrong with a thing as it lies in the store, made safe to show; empty if nothing is. */
export function problemOf(thing: Damageable | undefined): string {
  return plainText(thing?.problem ?? '', 300);
}

/** What a row tells when somebody hovers over it. */
export interface Tip {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string | undefined])[];
  readonly text?: string | undefined;
}

/** The children that a row can be told to load, or to load again after `failure`. */
export interface MoreNode<Parent> {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly noun: string;
  readonly failure: unknown;
}

/** Why the children of `parent` are missing or stale. */
export interface FailureNode<Parent> {
  readonly kind: 'failure';
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly error: unknown;
}

/** A remark in place of children. */
export interface NoteNode<Parent> {
  readonly kind: 'note';
  readonly id: string;
  readonly parent: Parent | undefined;
  readonly text: string;
}

interface Identified {
  readonly id: string;
}

export function newMoreNode<Parent extends Identified>(
  parent: Parent | undefined,
  noun: string,
  failure: unknown,
): MoreNode<Parent> {
  return { kind: 'more', id: joinId(parent?.id, 'more'), parent, noun, failure };
}

export function newFailureNode<Parent extends Identified>(
  parent: Parent | undefined,
  error: unknown,
): FailureNode<Parent> {
  return { kind: 'failure', id: joinId(parent?.id, 'failure'), parent, error };
}

export function newNoteNode<Parent extends Identified>(
  parent: Parent | undefined,
  text: string,
): NoteNode<Parent> {
  return { kind: 'note', id: joinId(parent?.id, 'note'), parent, text };
}

/** An id under another; parts come from strangers and never run into each other. */
export function joinId(parentId: string | undefined, ...parts: readonly string[]): string {
  const escaped = parts.map((part) => part.replace(/[%/]/g, (char) => (char === '%' ? '%25' : '%2F')));
  return [...(parentId === undefined ? [] : [parentId]), ...escaped].join('/');
}

type SharedNode = MoreNode<unknown> | FailureNode<unknown> | NoteNode<unknown>;

export function describeShared(node: SharedNode): TreeRow {
  switch (node.kind) {
    case 'more':
      return describeMore(node);
    case 'failure':
      return describeFailure(node.error);
    case 'note':
      return { label: node.text, icon: undefined, isExpandable: false, context: 'note', spoken: node.text };
  }
}

/** What a shared row tells on hovering. */
export function explainShared(node: SharedNode): Tip | undefined {
  const error = node.kind === 'more' ? node.failure : node.kind === 'failure' ? node.error : undefined;
  if (error === undefined || isCancellation(error)) return undefined;
  return {
    title: 'MLflow did not answer',
    facts: [],
    text: `${plainLines(causeOf(error))}\n\nClick to try again.`,
  };
}

function describeMore({ noun, failure }: MoreNode<unknown>): TreeRow {
  const label = `Load more ${noun}…`;
  const common = { isExpandable: false, context: 'more' };
  if (failure === undefined) {
    return { ...common, label, icon: codicon('ellipsis'), spoken: label };
  }
  const description = plainText(causeOf(failure));
  return { ...common, label, description, icon: failed, spoken: `${label} Failed: ${description}` };
}

function describeFailure(error: unknown): TreeRow {
  const common = { isExpandable: false, context: 'failure' };
  if (isCancellation(error)) {
    const label = 'Loading was stopped';
    return { ...common, label, description: 'click to load', icon: codicon('refresh'), spoken: label };
  }
  const label = plainText(causeOf(error));
  return { ...common, label, description: 'Retry', icon: failed, spoken: `Failed: ${label} Retry` };
}

const failed = codicon('error', 'list.errorForeground');

/** The row above what a search finds, which says what is searched for; a stranger's word. */
export function describeSearch(text: string): TreeRow {
  const label = plainText(text, 300);
  return {
    label,
    icon: codicon('filter-filled', 'charts.blue'),
    isExpandable: false,
    context: 'search',
    spoken: `Filtered by ${label}`,
  };
}
