import '../shared/base.css';
import '../shared/icons.css';
import './runDiff.css';
import { columnAction, compareArtifact, copyDiff, loadArtifacts, refresh, show } from '../protocol/runDiff';
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

document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement;
  const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f';
  const isSlash = event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isHandled = isFind || isSlash ? stage.focusFilter() : event.key === 'Escape' && stage.clearFilter();
  if (isHandled) event.preventDefault();
});

channel.listen(show, (snapshot) => {
  stage.show(snapshot);
});
host.announceReady();
