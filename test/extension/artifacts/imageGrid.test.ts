import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { composeImageGrid } from '../../../extension/artifacts/composeImageGrid';
import { ImageGridPanel } from '../../../extension/artifacts/imageGridPanel';
import { sniffImage } from '../../../extension/artifacts/sniffImage';
import { Attention } from '../../../extension/catalog/attention';
import { Sessions } from '../../../extension/session';
import { loadImage, openImage, show, type ImageGridSnapshot } from '../../../webviews/protocol/imageGrid';
import { until } from '../../support/until';
import { pngOf } from '../../webviews/support/pictures';
import { MemoryStore } from '../catalog/memoryStore';
import { MemoryPanel } from '../memoryPanel';
import { aRun } from '../runSummary/runs';

describe('What an image is', () => {
  it('is told by its bytes, with its size in pixels', () => {
    deepEqual(sniffImage(pngOf(3, 5)), { type: 'image/png', width: 3, height: 5 });
    const gif = Buffer.from('474946383961' + '0700' + '0900' + '000000', 'hex');
    deepEqual(sniffImage(gif), { type: 'image/gif', width: 7, height: 9 });
    const jpeg = Buffer.from('ffd8' + 'ffe00004aabb' + 'ffc0001108' + '0005' + '0006' + '03', 'hex');
    deepEqual(sniffImage(jpeg), { type: 'image/jpeg', width: 6, height: 5 });
    const webp = (kind: string, rest: string) =>
      Buffer.concat([Buffer.from(`RIFF....WEBP${kind}`), Buffer.from(rest, 'hex')]);
    deepEqual(sniffImage(webp('VP8X', '0a000000' + '00000000' + '090000' + '130000')), {
      ...{ type: 'image/webp', width: 10, height: 20 },
    });
    deepEqual(sniffImage(webp('VP8L', '0a000000' + '2f' + '09c00400')), {
      ...{ type: 'image/webp', width: 10, height: 20 },
    });
    deepEqual(sniffImage(webp('VP8 ', '0a000000' + '000000' + '9d012a' + '0a001400')), {
      ...{ type: 'image/webp', width: 10, height: 20 },
    });
  });

  it('is nothing that we draw for SVG, HTML, and what ends too soon', () => {
    const texts = [
      '',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '<!doctype html>',
      'GIF89a',
      'RIFF....WEBPVP8X',
    ];
    for (const text of texts) equal(sniffImage(Buffer.from(text)), undefined, text);
    equal(sniffImage(pngOf(1, 1).slice(0, 20)), undefined);
    equal(sniffImage(Buffer.from('ffd8ffe0ffff', 'hex')), undefined);
  });
});

describe('A grid of images', () => {
  const at = (key: string, step: number, rest = '') => `images/${key}+step+${step}+timestamp+17+0a-b${rest}`;
  const old = 'images/dog%step%3%timestamp%17%0a';

  it('has what was logged by key and step in order, then other files, a row for each run', () => {
    const paths = [
      at('dog', 10, '.png'),
      at('dog', 10, '+compressed.webp'),
      at('dog', 2, '.png'),
      'plots/a.png',
    ];
    const { columns, rows } = composeImageGrid(
      [
        { runId: 'a', name: 'one', paths },
        { runId: 'b', name: 'two', paths: [`${old}.png`, at('eval~dog', 0, '.png')] },
        { runId: 'c', name: 'three', paths: [], failure: 'It is gone.' },
      ],
      false,
    );
    deepEqual(columns, [
      { name: 'dog', step: '2' },
      { name: 'dog', step: '3' },
      { name: 'dog', step: '10' },
      { name: 'eval/dog', step: '0' },
      { name: 'plots/a.png' },
    ]);
    deepEqual(
      rows[0]?.images.map((image) => image?.path),
      [paths[2], undefined, paths[1], undefined, 'plots/a.png'],
    );
    equal(rows[0].images[2]?.fullPath, paths[0]);
    deepEqual(
      rows[1]?.images.map((image) => image !== null),
      [false, true, false, true, false],
    );
    equal(rows[2]?.failure, 'It is gone.');
  });
});

describe('The panel of images', () => {
  let store: MemoryStore;
  let panel: MemoryPanel;
  let sessions: Sessions;
  let snapshots: ImageGridSnapshot[];
  let opened: string[];

  beforeEach(() => {
    store = new MemoryStore();
    store.runs = ['a', 'b'].map((id) => aRun({ id, name: `run ${id}` }));
    const images = ['good.png', 'fake.png', 'huge.png', 'notes.txt'];
    store.artifacts.set('a', new Map([['', images.map((path) => ({ path, isDirectory: false, size: 9 }))]]));
    store.artifactFiles.set('a/good.png', pngOf(2, 2));
    store.artifactFiles.set('a/fake.png', Buffer.from('<svg onload="alert(1)"/>'));
    const huge = pngOf(1, 1);
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    store.artifactFiles.set('a/huge.png', huge);
    [snapshots, opened, panel] = [[], [], new MemoryPanel()];
    sessions = new Sessions({
      openStore: () => Promise.resolve(store),
      pageSize: () => 100,
      attention: new Attention(),
      isSeen: () => true,
    });
    const connection = { uri: 'http://a:1', source: 'userSetting', sourceLabel: 'a test' } as const;
    sessions.use({ ...connection, authorize: () => Promise.resolve(new Map()) });
    panel.view.listen(show, (snapshot) => snapshots.push(snapshot));
  });
  afterEach(() => {
    panel.dispose();
    sessions.dispose();
  });

  const open = async (connectionUri = 'http://a:1') => {
    const sources = { sessions, openRun: () => undefined };
    const openIt = ({ artifact }: { readonly artifact: { readonly path: string } }) =>
      opened.push(artifact.path);
    new ImageGridPanel(panel, { ...sources, openImage: openIt }, { connectionUri, runIds: ['a', 'b'] });
    panel.becameReady.fire();
    return await until('it is listed', () => {
      const last = snapshots.at(-1);
      return last && last.kind !== 'loading' && last;
    });
  };
  const load = (path: string) => panel.view.request(loadImage, { runId: 'a', path });

  it('lists the images of its runs, and gives the bytes of those that can be drawn', async () => {
    const snapshot = await open();
    ok(snapshot.kind === 'ready');
    deepEqual(
      snapshot.grid.columns.map(({ name }) => name),
      ['fake.png', 'good.png', 'huge.png'],
    );
    equal(panel.title, 'Images of 2 Runs');
    const { type, bytes } = await load('good.png');
    equal(type, 'image/png');
    deepEqual(bytes, store.artifactFiles.get('a/good.png'));
    await rejects(load('fake.png'), /no PNG, JPEG, GIF or WebP/);
    await rejects(load('huge.png'), /60000 × 60000 pixels are too many/);
  });

  it('neither reads nor opens what it does not show', async () => {
    await open();
    await rejects(load('notes.txt'), /not shown here/);
    panel.view.send(openImage, { runId: 'a', path: '../secret.png' });
    panel.view.send(openImage, { runId: 'a', path: 'good.png' });
    await load('good.png');
    deepEqual(opened, ['good.png']);
  });

  it('says that its runs belong to another connection', async () => {
    const snapshot = await open('http://b:2');
    ok(snapshot.kind === 'failed');
    match(snapshot.cause, /belong to http:\/\/b:2/);
  });
});
