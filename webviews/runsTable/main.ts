import '../shared/base.css';
import '../shared/icons.css';
import './runsTable.css';
import { copyText } from '../protocol/panel';
import {
  actOnRuns,
  actOnView,
  arrange,
  checkFilter,
  completeFilter,
  exportRuns,
  findRow,
  loadAllColumns,
  loadColumns,
  loadFacets,
  loadRows,
  loadRunIds,
  loadTrends,
  readAll,
  refresh,
  show,
  stopReading,
} from '../protocol/runsTable';
import { onThemeChange } from '../shared/palette';
import { listenForFind } from '../shared/findKeys';
import { connectHost } from '../shared/host';
import { createTableBar } from './bar';
import { Stage } from './stage';

const host = connectHost();
const { channel } = host;

const stage = new Stage(
  {
    arrange: (arrangement) => channel.send(arrange, arrangement),
    loadColumns: () => channel.request(loadColumns, null),
    loadAllColumns: () => channel.request(loadAllColumns, null),
    loadRows: (query, signal) => channel.request(loadRows, query, signal),
    loadTrends: (query, signal) => channel.request(loadTrends, query, signal),
    loadRunIds: (range) => channel.request(loadRunIds, range),
    loadFacets: () => channel.request(loadFacets, null),
    findRow: (prefix, from) => channel.request(findRow, { prefix, from }),
    checkFilter: (text) => channel.request(checkFilter, { text }),
    completeFilter: (text, offset) => channel.request(completeFilter, { text, offset }),
    actOnRuns: (action, runIds) => channel.request(actOnRuns, { action, runIds }),
    actOnView: (view, action) => channel.request(actOnView, { ...view, action }),
    exportRuns: (wanted) => channel.request(exportRuns, wanted),
    copy: (text) => channel.request(copyText, { text }),
    refresh: () => channel.request(refresh, null),
    readAll: () => channel.send(readAll, null),
    stopReading: () => channel.send(stopReading, null),
    changed: (state) => host.saveState(state),
  },
  createTableBar,
  host.savedState,
);
document.body.append(stage.element);

const followFont = () => {
  stage.setFont(Number.parseFloat(getComputedStyle(document.body).fontSize) || 13);
};
followFont();
onThemeChange(followFont);

listenForFind({ find: () => stage.focusFilter() });

channel.listen(show, (snapshot) => stage.show(snapshot));
host.announceReady();
