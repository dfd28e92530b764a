import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExperimentsNode, RunNode, SectionName } from '../../../extension/experiments/nodes';
import type { ExtensionApi } from '../../../extension/extension';
import type { ModelsNode } from '../../../extension/models/nodes';
import type { CatalogTree, TreeNode } from '../../../extension/ui/tree';
import { plainText } from '../../../extension/ui/text';

/** What listWithPython.py prints. */
export interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly parent: string | null;
  readonly start: number;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface ListedExperiment {
  readonly id: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly runs: readonly ListedRun[];
}
export interface ListedVersion {
  readonly stage: string;
  readonly run: string;
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
export type ListedFolder = Readonly<
  Record<string, { readonly size: number | null; readonly inside: unknown }>
>;
export interface Listed {
  readonly active: readonly ListedExperiment[];
  readonly all: readonly ListedExperiment[];
  readonly models: readonly {
    readonly name: string;
    readonly versions: Readonly<Record<string, ListedVersion>>;
  }[];
  readonly files: { readonly run: string; readonly tree: ListedFolder };
}

export const statusIcons: Readonly<Record<string, string>> = {
  RUNNING: 'loading~spin',
  SCHEDULED: 'clock',
  FINISHED: 'pass',
  FAILED: 'error',
  KILLED: 'circle-slash',
};

export async function configure(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
}

export async function untilReady({ sessions }: ExtensionApi, uri: string): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const subscription = sessions.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    const { state } = sessions;
    if (state.kind === 'failed') throw state.error as Error;
    if (state.kind === 'ready' && state.connection.uri === uri) return;
    if (state.kind === 'idle') void sessions.demand();
    await changed;
  }
}

/** Settles when the tree says that rows changed among which one is as wanted. */
export function nextChange<Node extends TreeNode>(
  tree: CatalogTree<Node>,
  isWanted: (nodes: readonly Node[]) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const subscription = tree.onDidChangeTreeData((nodes) => {
      if (!nodes || !isWanted(nodes)) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** The rows under a row, with all pages loaded. */
export async function openAll<Node extends ExperimentsNode | ModelsNode>(
  tree: CatalogTree<Node>,
  parent: Node | undefined,
): Promise<readonly Node[]> {
  for (;;) {
    const nodes = await tree.getChildren(parent);
    const more = nodes.find((node) => node.kind === 'more');
    if (!more) return nodes;
    const { command, arguments: args } = tree.getTreeItem(more).command!;
    await vscode.commands.executeCommand(command, ...((args ?? []) as unknown[]));
  }
}

export function labels<Node extends ExperimentsNode | ModelsNode>(
  tree: CatalogTree<Node>,
  nodes: readonly Node[],
): string[] {
  return nodes.map((node) => labelOf(tree.getTreeItem(node)));
}

export function labelOf({ label }: vscode.TreeItem): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

export function isExperiment(node: ExperimentsNode, experimentId: string): boolean {
  return node.kind === 'experiment' && node.experimentId === experimentId;
}

/** All runs of an experiment, each before those nested in it. */
export async function runsOf(
  { experimentsTree }: ExtensionApi,
  experimentId: string,
): Promise<readonly RunNode[]> {
  const experiments = await openAll(experimentsTree, undefined);
  const experiment = experiments.find((node) => isExperiment(node, experimentId));
  const walk = async (parent: ExperimentsNode | undefined): Promise<readonly RunNode[]> => {
    const runs = (await openAll(experimentsTree, parent)).filter((node) => node.kind === 'run');
    const nested = await Promise.all(runs.map(async (node) => [node, ...(await walk(node))]));
    return nested.flat();
  };
  return await walk(experiment);
}

export async function findRun(api: ExtensionApi, listed: Listed, runId: string): Promise<RunNode> {
  const experiment = listed.active.find(({ runs }) => runs.some(({ id }) => id === runId))!;
  return (await runsOf(api, experiment.id)).find((node) => node.runId === runId)!;
}

export function nestingOf(nodes: readonly RunNode[]): readonly (readonly [string, string | null])[] {
  return nodes
    .map((node) => [node.runId, node.parent.kind === 'run' ? node.parent.runId : null] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

export function expectedNesting(runs: readonly ListedRun[]): readonly (readonly [string, string | null])[] {
  const present = new Set(runs.map(({ id }) => id));
  return runs
    .map(({ id, parent }) => [id, parent !== null && present.has(parent) ? parent : null] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

export async function sectionOf(
  { experimentsTree }: ExtensionApi,
  node: RunNode,
  name: SectionName,
): Promise<ExperimentsNode | undefined> {
  const sections = await experimentsTree.getChildren(node);
  return sections.find((child) => child.kind === 'section' && child.name === name);
}

/** The labels of a section's rows with the values they hold, by label. */
export async function valuesOf(
  api: ExtensionApi,
  node: RunNode,
  name: SectionName,
): Promise<readonly (readonly [string, string])[]> {
  const section = await sectionOf(api, node, name);
  if (!section) return [];
  const values = (await api.experimentsTree.getChildren(section)).filter((child) => child.kind === 'value');
  return values.map((value) => [value.label, value.value] as const).sort(byKey);
}

export function sortedEntries(
  record: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(record)
    .map(([key, value]) => [plainText(key), value] as const)
    .sort(byKey);
}

export function byKey([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export async function compareVersion(
  tree: CatalogTree<ModelsNode>,
  node: ModelsNode,
  expected: ListedVersion,
): Promise<void> {
  const facts = String(tree.getTreeItem(node).description).split(' · ');
  const aliases = facts.flatMap((fact) => (fact.startsWith('@') ? fact.split(', ') : []));
  assert.deepEqual(aliases.sort(), expected.aliases.map((alias) => `@${alias}`).sort());
  if (expected.stage !== 'None') assert.ok(facts.includes(expected.stage), facts.join());
  const children = await tree.getChildren(node);
  const source = children.find((child) => child.kind === 'field' && child.opens !== undefined);
  assert.equal(source?.kind === 'field' && source.opens, expected.run);
  const tags = children.find((child) => child.kind === 'section' && child.name === 'tags');
  const rows = tags ? await tree.getChildren(tags) : [];
  const found = rows.filter((row) => row.kind === 'field').map((row) => [row.label, row.value] as const);
  assert.deepEqual([...found].sort(byKey), sortedEntries(expected.tags));
}
