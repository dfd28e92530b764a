import * as vscode from 'vscode';
import type { Attention } from '../catalog/attention';
import type { Catalog, Scope } from '../catalog/catalog';
import type { Disposable } from '../catalog/emitter';
import { nameOf } from '../connections/connection';
import type { ViewId } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation } from '../tracking/errors';
import { Lifetime } from './lifetime';
import { toTooltip, toTreeItem } from './treeItem';
import type { Tip, TreeRow } from './treeRow';

/** A row: a plain key to what the catalog holds. Its id is its own in the whole tree and the same after a refresh. */
export interface TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
}

/** What a tree shows. All is pulled from the catalog when it is asked for. */
export interface TreeShape<Node extends TreeNode> {
  /** May reject as the store does. */
  readonly listChildren: (catalog: Catalog, node: Node | undefined) => Promise<readonly Node[]>;
  readonly describe: (catalog: Catalog, node: Node) => TreeRow;
  readonly explain: (catalog: Catalog, node: Node) => Tip | undefined;
  readonly commandOf: (node: Node) => vscode.Command | undefined;
  /** The rows whose own look or children a change touches. */
  readonly affectedBy: (scope: Scope) => readonly string[] | 'everything';
  /** The row that says why the children of `node` could not be listed. */
  readonly failureOf: (node: Node | undefined, error: unknown) => Node;
}

export interface CatalogTreeOptions<Node extends TreeNode> {
  readonly viewId: ViewId;
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly shape: TreeShape<Node>;
}

/**
 * A view over the current session's catalog. While there is no session it is empty, so that package.json's welcome
 * content shows; VS Code itself shows progress while children are awaited.
 */
export class CatalogTree<Node extends TreeNode> implements vscode.TreeDataProvider<Node>, Disposable {
  private readonly lifetime = new Lifetime();
  private readonly changed = this.lifetime.add(new vscode.EventEmitter<Node[] | undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<Node>;

  /** The rows that VS Code has, by id. */
  private readonly shown = new Map<string, Node>();
  /** Why rows have no children, until somebody says Retry: a tick alone does not ask again. */
  private readonly failures = new Map<string, unknown>();
  private subscription: Disposable | undefined;
  private followed: Session | undefined;

  constructor(private readonly options: CatalogTreeOptions<Node>) {
    const { viewId, sessions, attention } = options;
    this.view = this.lifetime.add(
      vscode.window.createTreeView(viewId, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    attention.set(viewId, this.view.visible);
    this.lifetime.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        attention.set(viewId, visible);
      }),
    );
    this.lifetime.add(
      sessions.onDidChange(() => {
        this.follow();
      }),
    );
    this.follow();
  }

  /** The session that the tree shows. */
  get session(): Session | undefined {
    const { state } = this.options.sessions;
    return state.kind === 'ready' ? state.session : undefined;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const { sessions } = this.options;
    if (sessions.state.kind === 'idle') void sessions.demand();
    const { session } = this;
    if (!session) return [];
    const children = await this.listChildren(session.catalog, node);
    if (this.session !== session) return [];
    for (const child of children) this.shown.set(child.id, child);
    return [...children];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { session } = this;
    if (!session) return new vscode.TreeItem('');
    const { describe, commandOf } = this.options.shape;
    return toTreeItem(node.id, describe(session.catalog, node), commandOf(node));
  }

  getParent(node: Node): Node | undefined {
    // A shape's nodes have parents among its own nodes.
    return node.parent as Node | undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const tip = this.session && this.options.shape.explain(this.session.catalog, node);
    if (tip) item.tooltip = toTooltip(tip);
    return item;
  }

  /** A row that VS Code has, by its id. */
  find(id: string): Node | undefined {
    return this.shown.get(id);
  }

  /** What the user selected, as far as the view can be seen. */
  get selection(): readonly Node[] {
    return this.view.visible ? this.view.selection : [];
  }

  /** Asks again for children that could not be listed. */
  forgetFailures(): void {
    this.failures.clear();
  }

  /** Has VS Code draw the whole tree anew from what the catalog holds. */
  redraw(): void {
    this.changed.fire(undefined);
  }

  /** Shows progress in the view while something the user started is under way. */
  whileBusy<T>(task: () => Promise<T>): Thenable<T> {
    return vscode.window.withProgress({ location: { viewId: this.options.viewId } }, task);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.options.attention.set(this.options.viewId, false);
    this.lifetime.dispose();
  }

  private async listChildren(catalog: Catalog, node: Node | undefined): Promise<readonly Node[]> {
    const { shape, log } = this.options;
    const id = node?.id ?? '';
    if (this.failures.has(id)) return [shape.failureOf(node, this.failures.get(id))];
    try {
      return await shape.listChildren(catalog, node);
    } catch (error) {
      if (this.session?.catalog !== catalog) return [];
      if (!isCancellation(error)) log.warn(causeOf(error));
      this.failures.set(id, error);
      return [shape.failureOf(node, error)];
    }
  }

  private follow(): void {
    const { state } = this.options.sessions;
    this.view.description =
      state.kind === 'none' ? '' : `${nameOf(state.connection)} · ${state.connection.sourceLabel}`;
    // Absent, not empty: VS Code leaves room for an empty message.
    (this.view as { message: string | undefined }).message = this.session?.info.notice;
    if (this.session !== this.followed) this.subscribe(this.session);
    this.redraw();
  }

  private subscribe(session: Session | undefined): void {
    this.followed = session;
    this.subscription?.dispose();
    this.failures.clear();
    this.shown.clear();
    this.subscription = session?.catalog.onDidChange((scope) => {
      this.reflect(scope);
    });
  }

  private reflect(scope: Scope): void {
    const affected = this.options.shape.affectedBy(scope);
    if (affected === 'everything') this.redraw();
    else {
      const nodes = affected.map((id) => this.shown.get(id)).filter((node) => node !== undefined);
      if (nodes.length > 0) this.changed.fire(nodes);
    }
  }
}
