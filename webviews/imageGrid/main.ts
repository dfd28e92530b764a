import '../shared/base.css';
import '../shared/icons.css';
import '../shared/sight.css';
import '../shared/fullPage.css';
import './imageGrid.css';
import { loadImage, openImage, openRun, refresh, show, type ImageGridSubject } from '../protocol/imageGrid';
import { element } from '../shared/dom';
import { connectHost } from '../shared/host';
import { bone, Sight, skeleton } from '../shared/sight';
import { formatCount } from '../shared/text';
import { GridPage } from './gridPage';

const host = connectHost();
const { channel } = host;

const page = new GridPage({
  load: (place, signal) => channel.request(loadImage, place, signal),
  openImage: (place) => {
    channel.send(openImage, place);
  },
  openRun: (runId) => {
    channel.send(openRun, { runId });
  },
  refresh: () => channel.request(refresh, null),
});
const sight = new Sight('These images could not be listed', () => channel.request(refresh, null));
document.body.append(sight.element);

channel.listen(show, (snapshot) => {
  host.saveState(snapshot.subject);
  switch (snapshot.kind) {
    case 'loading':
      sight.wait(bones);
      break;
    case 'failed':
      sight.fail(snapshot.cause, nameSubject(snapshot.subject));
      break;
    case 'ready':
      sight.show(page.element);
      page.show(snapshot.grid);
  }
});
host.announceReady();

function bones(): HTMLElement {
  const row = () =>
    element('div', { class: 'bone-images' }, ...Array.from({ length: 4 }, () => bone('bone-image')));
  return skeleton('Listing the images', ...Array.from({ length: 3 }, row));
}

function nameSubject({ runIds }: ImageGridSubject): HTMLElement {
  return element('p', { class: 'quiet' }, formatCount(runIds.length, 'run'));
}
