import { Emitter } from '../../extension/catalog/emitter';
import { Channel } from '../../webviews/protocol/channel';
import { portPair } from '../webviews/support/portPair';

/** A panel without VS Code; `view` is its view's end of the channel. */
export class MemoryPanel {
  readonly channel: Channel;
  readonly view: Channel;
  isVisible = true;
  title = '';
  readonly becameReady = new Emitter();
  readonly visibilityChanged = new Emitter();
  readonly disposed = new Emitter();
  readonly onDidBecomeReady = this.becameReady.event;
  readonly onDidChangeVisibility = this.visibilityChanged.event;
  readonly onDidDispose = this.disposed.event;

  constructor() {
    const [near, far] = portPair();
    this.channel = new Channel(near, () => undefined);
    this.view = new Channel(far, () => undefined);
  }

  reveal(): void {
    // It is where it is.
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.visibilityChanged.fire();
  }

  dispose(): void {
    this.disposed.fire();
    this.view.dispose();
  }
}
