import '../shared/base.css';
import '../shared/icons.css';
import './metrics.css';
import { copyText } from '../protocol/panel';
import {
  changed,
  exportHistory,
  loadChart,
  loadMoreRuns,
  openRun,
  readPoints,
  refresh,
  reveal,
  saveFile,
  setDirection,
  show,
  watch,
} from '../protocol/metrics';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { initialArrangement } from './arrangement';
import { readSavedState } from './savedState';
import { Stage } from './stage';

const host = connectHost();
const { channel } = host;
const saved = readSavedState(host.savedState);

const stage = new Stage(
  {
    loadChart: (query, signal) => channel.request(loadChart, query, signal),
    readPoints: (query, signal) => channel.request(readPoints, query, signal),
    watch: (metrics) => {
      channel.send(watch, { metrics });
    },
    refresh: () => channel.request(refresh, null),
    loadMoreRuns: () => channel.request(loadMoreRuns, null),
    openRun: (runId) => {
      channel.send(openRun, { runId });
    },
    setDirection: (metric, direction) => {
      channel.send(setDirection, { metric, direction });
    },
    exportHistory: (what) => channel.request(exportHistory, what),
    saveFile: (file) => channel.request(saveFile, file),
    copy: (text) => channel.request(copyText, { text }),
    changed: (state) => {
      host.saveState(state);
    },
  },
  saved?.arrangement ?? initialArrangement,
  saved?.scrollTop ?? 0,
);
document.body.append(stage.element);

listenForFind({ find: () => stage.focusSearch(), clear: () => stage.escape() });

channel.listen(show, (snapshot) => {
  stage.show(snapshot);
});
channel.listen(reveal, ({ metric }) => {
  stage.reveal(metric);
});
channel.listen(changed, ({ metrics }) => {
  stage.changed(metrics);
});
host.announceReady();
