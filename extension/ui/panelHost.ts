import * as vscode from 'vscode';
import type { Attention } from '../catalog/attention';
import { Emitter, type Disposable } from '../catalog/emitter';
import type { PanelType } from '../manifest';
import { Channel, type Port } from '../../webviews/protocol/channel';
import { copyText, ready } from '../../webviews/protocol/panel';
import { Lifetime } from './lifetime';
import { createNonce, panelHtml } from './panelHtml';

/** What all panels of one type have in common. */
export interface PanelKind {
  readonly type: PanelType;
  /** The folder in webviews/ whose main.ts draws it. */
  readonly view: string;
  /** The tab's title until the panel sets its own. */
  readonly title: string;
  /** Names a pair of pictures, `media/<icon>-light.svg` and `-dark.svg`. */
  readonly icon: string;
}

/** Makes the panels of all views, and makes them again after VS Code was restarted. */
export class PanelHost {
  private lastId = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly attention: Attention,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** A new panel in the active editor group, or in one beside it; `preserveFocus` leaves the focus where it is. */
  open(kind: PanelKind, preserveFocus: boolean, column: 'active' | 'beside' = 'active'): Panel {
    const { Active, Beside } = vscode.ViewColumn;
    const place = { viewColumn: column === 'beside' ? Beside : Active, preserveFocus };
    return this.adopt(kind, vscode.window.createWebviewPanel(kind.type, kind.title, place));
  }

  /**
   * Hands over each panel that VS Code kept over a restart, with the state that its view had saved: a stranger's
   * value, to be validated.
   */
  reviveWith(kind: PanelKind, restore: (panel: Panel, state: unknown) => void): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(kind.type, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        restore(this.adopt(kind, panel), state);
        return Promise.resolve();
      },
    });
  }

  private adopt(kind: PanelKind, webviewPanel: vscode.WebviewPanel): Panel {
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webviews');
    const { webview } = webviewPanel;
    webview.options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [root] };
    const media = (name: string) =>
      vscode.Uri.joinPath(this.extensionUri, 'media', `${kind.icon}-${name}.svg`);
    webviewPanel.iconPath = { light: media('light'), dark: media('dark') };
    const panel = new Panel(`${kind.type} ${++this.lastId}`, webviewPanel, this.attention, this.log);
    const uriOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
    webview.html = panelHtml({
      title: kind.title,
      cspSource: webview.cspSource,
      scriptUri: uriOf(`${kind.view}.js`),
      styleUri: uriOf(`${kind.view}.css`),
      nonce: createNonce(),
    });
    return panel;
  }
}

/** One panel and the line to its view. It ends when the user closes it. */
export class Panel implements Disposable {
  readonly channel: Channel;
  private readonly lifetime = new Lifetime();
  private readonly becameReady = this.lifetime.add(new Emitter());
  private readonly visibilityChanged = this.lifetime.add(new Emitter());

  /** Fires whenever the view was loaded, the first time or again, and wants all that it shows. */
  readonly onDidBecomeReady = this.becameReady.event;
  readonly onDidChangeVisibility = this.visibilityChanged.event;
  readonly onDidDispose: vscode.Event<void>;

  constructor(
    id: string,
    private readonly webviewPanel: vscode.WebviewPanel,
    attention: Attention,
    log: vscode.LogOutputChannel,
  ) {
    this.channel = this.lifetime.add(
      new Channel(portOf(webviewPanel.webview), (error) => {
        log.error(error instanceof Error ? error : String(error));
      }),
    );
    this.channel.listen(ready, () => {
      this.becameReady.fire();
    });
    this.channel.handle(copyText, async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    });
    this.onDidDispose = webviewPanel.onDidDispose;
    attention.set(id, webviewPanel.visible);
    this.lifetime.add(
      webviewPanel.onDidChangeViewState(() => {
        attention.set(id, webviewPanel.visible);
        this.visibilityChanged.fire();
      }),
    );
    this.lifetime.add({
      dispose: () => {
        attention.set(id, false);
      },
    });
    webviewPanel.onDidDispose(() => {
      this.lifetime.dispose();
    });
  }

  get isVisible(): boolean {
    return this.webviewPanel.visible;
  }

  /** Whether it is what the user works in. */
  get isActive(): boolean {
    return this.webviewPanel.active;
  }

  set title(title: string) {
    this.webviewPanel.title = title;
  }

  /** Brings it to the front where it is, or in the group beside the active one. */
  reveal(preserveFocus: boolean, column?: 'beside'): void {
    this.webviewPanel.reveal(column && vscode.ViewColumn.Beside, preserveFocus);
  }

  dispose(): void {
    this.webviewPanel.dispose();
  }
}

/** As much of a panel as what is in it works with. */
export type PanelFrame = Pick<
  Panel,
  'channel' | 'isVisible' | 'onDidBecomeReady' | 'onDidChangeVisibility' | 'onDidDispose' | 'title' | 'reveal'
>;

function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
