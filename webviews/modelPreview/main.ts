import '../shared/base.css';
import '../shared/icons.css';
import './modelPreview.css';
import {
  copyExample,
  openFile,
  openInBrowser,
  openRun,
  openVersion,
  refresh,
  show,
} from '../protocol/modelPreview';
import { copyText } from '../protocol/panel';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { Stage } from '../shared/sections/stage';
import { Page, type PageActions } from './page';
import { modelBones, nameSubject } from './placeholders';
import { initialArrangement, isSameSubject, readSavedState } from './state';

const host = connectHost();
const { channel } = host;
const saved = readSavedState(host.savedState);

const actions: Omit<PageActions, 'arranged'> = {
  copy: (text) => channel.request(copyText, { text }),
  copyExample: () => channel.request(copyExample, null),
  openFile: (name, line = 0) => {
    channel.send(openFile, { name, line });
  },
  openRun: () => {
    channel.send(openRun, null);
  },
  openVersion: (place) => {
    channel.send(openVersion, place);
  },
  openInBrowser: () => {
    channel.send(openInBrowser, null);
  },
  refresh: () => channel.request(refresh, null),
};

const stage = new Stage({
  failureTitle: 'This model could not be read',
  arrangement: saved ?? initialArrangement,
  lastPlace: saved,
  makePage: (arranged) => new Page({ ...actions, arranged }, saved ?? initialArrangement),
  makeBones: modelBones,
  nameSubject,
  isSame: isSameSubject,
  refresh: actions.refresh,
  changed: (place, { query, folded }) => {
    host.saveState({ ...place, query, folded });
  },
});
document.body.append(stage.element);

listenForFind({ find: () => stage.focusFilter(), clear: () => stage.clearFilter() });

channel.listen(show, (snapshot) => {
  stage.show(snapshot.kind === 'ready' ? { ...snapshot, shown: snapshot.model } : snapshot);
});
host.announceReady();
