import type { WindowRun } from '../processes/windowRuns';
import type { WindowServer } from '../processes/windowServers';
import { formatDate } from '../ui/numbers';
import { joinFacts, plainText } from '../ui/text';
import { codicon, type RowIcon, type Tip, type TreeRow } from '../ui/treeRow';

export type Health = 'starting' | 'well' | 'silent' | 'stopping';

/** How a server's row looks. Its context says what may be done with it: `model well page`. */
export function describeServer({ served, server }: WindowServer, health: Health): TreeRow {
  const label = plainText(served.name);
  const host = plainText(new URL(server.address).host);
  const description = joinFacts([wordOf[health], host]);
  return {
    label,
    description,
    icon: iconOf(served.kind, health),
    isExpandable: false,
    context: [served.kind, health, ...(served.page === undefined ? [] : ['page'])].join(' '),
    spoken: [nounOf[served.kind], label, description].join(', '),
  };
}

/** What it tells on hovering. */
export function explainServer({ served, server }: WindowServer, health: Health): Tip {
  return {
    title: plainText(served.name),
    facts: [
      ['Serves', nounOf[served.kind]],
      ['Address', plainText(server.address)],
      ['Health', wordOf[health]],
    ],
  };
}

/** How the row of a project's run looks. Its context says what may be done with it: `run known`. */
export function describeRun({ title, runId, progress, isStopping }: WindowRun): TreeRow {
  const label = plainText(title);
  const state = isStopping ? 'stopping' : runId === undefined ? 'starting' : 'running';
  const description = joinFacts([isStopping || progress === '' ? state : '', progress]);
  return {
    label,
    description,
    icon:
      state === 'running' ? codicon('play-circle', 'charts.blue') : codicon('loading~spin', 'charts.blue'),
    isExpandable: false,
    context: ['run', ...(runId === undefined ? [] : ['known']), ...(isStopping ? ['stopping'] : [])].join(
      ' ',
    ),
    spoken: ['project run', label, description].join(', '),
  };
}

/** What it tells on hovering. */
export function explainRun({ title, runId, progress, startedAt }: WindowRun): Tip {
  return {
    title: plainText(title),
    facts: [
      ['Run', runId],
      ['Started', formatDate(startedAt)],
      ['Progress', progress || undefined],
    ],
  };
}

const wordOf: Readonly<Record<Health, string>> = {
  starting: 'starting',
  well: 'ready',
  silent: 'does not answer',
  stopping: 'stopping',
};

const nounOf = { store: 'MLflow server', model: 'model' } as const;

function iconOf(kind: 'store' | 'model', health: Health): RowIcon {
  switch (health) {
    case 'starting':
    case 'stopping':
      return codicon('loading~spin', 'charts.blue');
    case 'silent':
      return codicon('warning', 'list.warningForeground');
    case 'well':
      return codicon(kind === 'model' ? 'package' : 'server-process', 'testing.iconPassed');
  }
}
