import type { WindowServer } from '../processes/windowServers';
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
