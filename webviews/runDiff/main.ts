import '../shared/base.css';
import '../shared/icons.css';
import './runDiff.css';
import { columnAction, compareArtifact, copyDiff, loadArtifacts, refresh, show } from '../protocol/runDiff';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { Stage } from './stage';
import { readArrangement } from './state';

const host = connectHost();
const { channel } = host;

const stage = new Stage(
  {
    act: (action, runId) => {
      channel.send(columnAction, { action, runId });
    },
    copy: (wanted) => channel.request(copyDiff, wanted),
    refresh: () => channel.request(refresh, null),
    loadArtifacts: (path) => channel.request(loadArtifacts, { path }),
    compareArtifact: (wanted) => {
      channel.send(compareArtifact, wanted);
    },
    changed: (state) => {
      host.saveState(state);
    },
  },
  readArrangement(host.savedState),
);
document.body.append(stage.element);

listenForFind({ find: () => stage.focusFilter(), clear: () => stage.clearFilter() });

channel.listen(show, (snapshot) => {
  stage.show(snapshot);
});
host.announceReady();
