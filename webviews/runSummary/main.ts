import '../shared/base.css';
import '../shared/icons.css';
import './runSummary.css';
import { copyText } from '../protocol/panel';
import {
  loadArtifacts,
  openParent,
  refresh,
  runAction,
  type RunSummarySubject,
  show,
} from '../protocol/runSummary';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { Stage } from '../shared/sections/stage';
import { Page, type PageActions } from './page';
import { nameRun, runBones } from './placeholders';
import { initialArrangement, readSavedState, type SavedState } from './state';

const host = connectHost();
const { channel } = host;
const saved = readSavedState(host.savedState);

const actions: Omit<PageActions, 'arranged'> = {
  copy: (text) => channel.request(copyText, { text }),
  run: (action) => {
    channel.send(runAction, { action });
  },
  openParent: () => {
    channel.send(openParent, null);
  },
  refresh: () => channel.request(refresh, null),
  loadArtifacts: (runId, path) => channel.request(loadArtifacts, { runId, path }),
};

const stage = new Stage({
  failureTitle: 'This run could not be read',
  arrangement: saved ?? initialArrangement,
  lastPlace: saved && { subject: saved, scrollTop: saved.scrollTop },
  makePage: (arranged) => new Page({ ...actions, arranged }, saved ?? initialArrangement),
  makeBones: runBones,
  nameSubject: ({ runId }: RunSummarySubject) => nameRun(runId),
  isSame: (one, other) => one.runId === other.runId,
  refresh: actions.refresh,
  changed: ({ subject: { runId, connectionUri }, scrollTop }, { query, folded }) => {
    host.saveState({ runId, connectionUri, query, folded, scrollTop } satisfies SavedState);
  },
});
document.body.append(stage.element);

listenForFind({ find: () => stage.focusFilter(), clear: () => stage.clearFilter() });

channel.listen(show, (snapshot) => {
  stage.show(snapshot.kind === 'ready' ? { ...snapshot, shown: snapshot.run } : snapshot);
});
host.announceReady();
