import * as vscode from 'vscode';
import type { Attention } from '../catalog/attention';
import type { Disposable } from '../catalog/emitter';
import { Polling } from '../catalog/polling';
import { setContext } from '../manifest';
import type { WindowRuns } from '../processes/windowRuns';
import { WindowServers, type WindowServer } from '../processes/windowServers';
import { isCancellation } from '../tracking/errors';
import { Lifetime } from '../ui/lifetime';
import { toTooltip, toTreeItem } from '../ui/treeItem';
import { describeRun, describeServer, explainRun, explainServer, type Health } from './runningRows';

const viewId = 'mlflow.running';

/** How often their health is asked for while somebody looks, in ms. */
const askMs = 10_000;

/** A row, by what commands know its server or run by. */
export type RunningNode =
  { readonly serverId: string } | { readonly launchId: string; readonly runId: string | undefined };

/** The servers of this window, and the view of them and of its projects' runs, which is there only while any runs. */
export class RunningTree implements vscode.TreeDataProvider<RunningNode>, Disposable {
  private readonly lifetime = new Lifetime();
  readonly servers = this.lifetime.add(new WindowServers());
  private readonly changed = this.lifetime.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<RunningNode>;
  private readonly silent = new Set<string>();

  constructor(
    attention: Attention,
    private readonly runs: WindowRuns,
  ) {
    this.view = this.lifetime.add(vscode.window.createTreeView(viewId, { treeDataProvider: this }));
    const polling = this.lifetime.add(
      new Polling({
        interval: () => (this.view.visible && this.servers.list().length > 0 ? askMs : 0),
        longestInterval: askMs,
        attention,
        step: (signal) => this.askHealth(signal),
      }),
    );
    this.lifetime.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        attention.set(viewId, visible);
        polling.wake();
      }),
    );
    this.servers.onDidChange(() => {
      this.show();
      polling.wake();
    });
    this.lifetime.add(
      runs.onDidChange(() => {
        this.show();
      }),
    );
    this.show();
  }

  getChildren(node?: RunningNode): RunningNode[] {
    if (node) return [];
    const runs = this.runs.list().map(({ id, runId }) => ({ launchId: id, runId }));
    return [...runs, ...this.servers.list().map(({ served }) => ({ serverId: served.id }))];
  }

  getTreeItem(node: RunningNode): vscode.TreeItem {
    if ('launchId' in node) {
      const run = this.runs.find(node.launchId);
      return run ? toTreeItem(`running:${run.id}`, describeRun(run), undefined) : new vscode.TreeItem('');
    }
    const one = this.find(node.serverId);
    // Ids hold secrets of backends, and VS Code needs none: labels and order tell rows apart.
    return one
      ? toTreeItem(`running:${one.server.address}`, describeServer(one, this.healthOf(one)), undefined)
      : new vscode.TreeItem('');
  }

  resolveTreeItem(item: vscode.TreeItem, node: RunningNode): vscode.TreeItem {
    if ('launchId' in node) {
      const run = this.runs.find(node.launchId);
      if (run) item.tooltip = toTooltip(explainRun(run));
      return item;
    }
    const one = this.find(node.serverId);
    if (one) item.tooltip = toTooltip(explainServer(one, this.healthOf(one)));
    return item;
  }

  find(serverId: string): WindowServer | undefined {
    return this.servers.list().find(({ served }) => served.id === serverId);
  }

  dispose(): void {
    setContext('mlflow.running', false);
    this.lifetime.dispose();
  }

  private show(): void {
    setContext('mlflow.running', this.servers.list().length + this.runs.list().length > 0);
    this.changed.fire(undefined);
  }

  private healthOf({ served: { id }, server }: WindowServer): Health {
    if (server.isStopping) return 'stopping';
    if (this.servers.isStarting(id)) return 'starting';
    return this.silent.has(id) ? 'silent' : 'well';
  }

  private async askHealth(signal: AbortSignal): Promise<boolean> {
    const asked = this.servers.list().filter(({ served }) => !this.servers.isStarting(served.id));
    try {
      await Promise.all(
        asked.map(async ({ served, server }) => {
          if (await server.answers(signal)) this.silent.delete(served.id);
          else this.silent.add(served.id);
        }),
      );
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
    this.changed.fire(undefined);
    return true;
  }
}
