import '../shared/base.css';
import '../shared/icons.css';
import './runSummary.css';
import { copyText } from '../protocol/panel';
import { loadArtifacts, openParent, refresh, runAction, show } from '../protocol/runSummary';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { Stage } from './stage';
import { initialArrangement, readSavedState, type SavedState } from './state';

const host = connectHost();
const { channel } = host;
const saved = readSavedState(host.savedState);

const stage = new Stage(
  {
    copy: (text) => channel.request(copyText, { text }),
    run: (action) => {
      channel.send(runAction, { action });
    },
    openParent: () => {
      channel.send(openParent, null);
    },
    refresh: () => channel.request(refresh, null),
    loadArtifacts: (runId, path) => channel.request(loadArtifacts, { runId, path }),
    changed: (state: SavedState) => {
      host.saveState(state);
    },
  },
  saved ?? initialArrangement,
  saved,
);
document.body.append(stage.element);

listenForFind({ find: () => stage.focusFilter(), clear: () => stage.clearFilter() });

channel.listen(show, (snapshot) => {
  stage.show(snapshot);
});
host.announceReady();
