import { Channel } from '../protocol/channel';
import { ready } from '../protocol/panel';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension as a view sees it. */
export interface Host {
  readonly channel: Channel;
  /** What `saveState` kept when this view, or the one before a restart, was last shown; to be validated. */
  readonly savedState: unknown;
  /** Keeps what the user arranged, and which things are shown; never data. */
  saveState(state: object): void;
  /** Tells the extension that the view listens: call it when every handler is in place. */
  announceReady(): void;
}

/** Connects to the extension; once in a view's life. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  const port = {
    post: (message: unknown) => {
      api.postMessage(message);
    },
    onMessage: (listener: (message: unknown) => void) => {
      const receive = (event: MessageEvent<unknown>) => {
        listener(event.data);
      };
      window.addEventListener('message', receive);
      return {
        dispose: () => {
          window.removeEventListener('message', receive);
        },
      };
    },
  };
  const channel = new Channel(port, (error) => {
    console.error(error);
  });
  return {
    channel,
    savedState: api.getState(),
    saveState: (state) => {
      api.setState(state);
    },
    announceReady: () => {
      channel.send(ready, null);
    },
  };
}
