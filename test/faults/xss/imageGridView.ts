import { loadImage, refresh, show, type ImageGrid } from '../../../webviews/protocol/imageGrid';
import { ready } from '../../../webviews/protocol/panel';
import { pngOf } from '../../webviews/support/pictures';
import { refuse, type HostileView, type TextFor } from './hostileView';

const subject = { connectionUri: 'http://a:1', runIds: ['a', 'b'] };

export const hostileImageGrid: HostileView = {
  name: 'imageGrid',
  drawn: 'canvas',
  serve: (channel, textFor) => {
    channel.listen(ready, () => {
      channel.send(show, { kind: 'ready', subject, grid: gridOf(textFor) });
    });
    channel.handle(loadImage, ({ path }) => {
      switch (path) {
        case 'good':
          return { type: 'image/png', bytes: pngOf(40, 30) };
        case 'svg': {
          const markup = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`;
          return { type: 'image/svg+xml', bytes: new Uint8Array(Buffer.from(markup)) };
        }
        default:
          throw new Error(textFor('image failure'));
      }
    });
    refuse(channel, refresh, textFor);
  },
  fail: (channel, textFor) => {
    channel.send(show, { kind: 'failed', subject, cause: textFor('failure') });
  },
};

function gridOf(text: TextFor): ImageGrid {
  const images = ['good', 'svg', 'bad'].map((path) => ({ path, fullPath: path }));
  return {
    columns: [
      { name: text('image name'), step: text('image step') },
      { name: text('image file') },
      { name: text('other image file') },
    ],
    rows: [
      { runId: 'a', name: text('run name'), images },
      { runId: 'b', name: text('other run name'), failure: text('run failure'), images: [null, null, null] },
    ],
    isCut: true,
  };
}
