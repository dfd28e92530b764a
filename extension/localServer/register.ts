import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { registerCommand, type ServerTarget } from '../manifest';
import type { WindowServers } from '../processes/windowServers';
import { Lazy } from '../ui/lazy';
import type { LocalEditors } from './localEditors';
import type { ServerCommandsOptions } from './serverCommands';

export interface LocalServerOptions extends Omit<ServerCommandsOptions, 'servers'> {
  readonly running: Lazy<Disposable & { readonly servers: WindowServers }>;
}

/** Local servers, and what is changed through them. */
export interface LocalServer extends Disposable {
  readonly openEditor: LocalEditors['open'];
  readonly demandServer: LocalEditors['demandServer'];
}

/** `mlflow.server.start` and `mlflow.server.stop`. */
export function registerLocalServer(options: LocalServerOptions): LocalServer {
  const { report, running } = options;
  const commands = new Lazy(async () => {
    const [{ ServerCommands }, { servers }] = await Promise.all([
      import('./serverCommands'),
      running.demand(),
    ]);
    return new ServerCommands({ ...options, servers });
  });
  const registrations = vscode.Disposable.from(
    registerCommand('mlflow.server.start', report.error, async (target?: ServerTarget) =>
      (await commands.demand()).start(target),
    ),
    registerCommand('mlflow.server.stop', report.error, async () => (await commands.demand()).stop()),
    commands,
  );
  return {
    openEditor: async (...args) => (await commands.demand()).editors.open(...args),
    demandServer: async (...args) => (await commands.demand()).editors.demandServer(...args),
    dispose: () => {
      registrations.dispose();
    },
  };
}
