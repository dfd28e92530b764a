import type { ExtensionContext } from 'vscode';
import { Attention } from './catalog/attention';
import { RunWatcher } from './catalog/runWatcher';
import type { Connections } from './connections/connections';
import { createConnections } from './connections/createConnections';
import type { Credentials } from './connections/credentials';
import { openLazily } from './connections/openLazily';
import { registerConnections } from './connections/register';
import { type Features, registerFeatures } from './features';
import { shareRunData } from './histories/shareRunData';
import { Sessions } from './session';
import { changesSession, onDidChangeSettings, readSettings } from './settings';
import { Lifetime } from './ui/lifetime';
import { createLog } from './ui/log';
import { PanelHost } from './ui/panelHost';
import { Report } from './ui/report';

/** What `activate` returns, for the tests that run in the extension host. */
export interface ExtensionApi extends Features {
  readonly connections: Connections;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
}

/** The composition root: constructs, registers, nothing else. No request is made before somebody looks. */
export function activate(context: ExtensionContext): ExtensionApi {
  const lifetime = new Lifetime(context.subscriptions);
  let settings = readSettings();
  const log = lifetime.add(createLog());
  const report = new Report(log);
  const attention = lifetime.add(new Attention());
  const openStore = openLazily(context.extension, () => ({ settings, log }));
  const { connections, credentials } = lifetime.add(createConnections(context, (line) => log.warn(line)));
  const sessions = lifetime.add(
    new Sessions({
      openStore,
      pageSize: () => settings.runs.pageSize,
      attention,
      isSeen: (experimentId) => runWatcher.isWatched(experimentId),
    }),
  );
  const interval = () => settings.runs.refreshInterval;
  const runWatcher: RunWatcher = lifetime.add(
    new RunWatcher({ catalog: () => sessions.catalog, attention, interval }),
  );
  const runData = lifetime.add(shareRunData(sessions, context.workspaceState));
  lifetime.add(registerConnections({ connections, credentials, sessions, report, openStore, log }));
  const features = registerFeatures({
    ...{ context, lifetime, connections, openStore, sessions, attention, report, log, runWatcher, runData },
    settings: () => settings,
    panelHost: new PanelHost(context.extensionUri, attention, log),
  });
  lifetime.add(
    onDidChangeSettings((changed) => {
      const isNewSession = changesSession(settings, changed);
      settings = changed;
      if (isNewSession) sessions.use(connections.current);
      runWatcher.restart();
      features.experimentsTree.redraw();
    }),
  );
  lifetime.add(sessions.follow(connections));
  return { connections, credentials, sessions, ...features };
}
