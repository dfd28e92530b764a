import * as vscode from 'vscode';
import type { SettingKey } from './manifest';
import { causeOf } from './tracking/errors';
import { UserError } from './ui/userError';

/** What the user set, read once and replaced whole on change. */
export interface Settings {
  readonly tracking: {
    /** `mlflow.tracking.uri` as it applies here; undefined when nobody set it. */
    readonly uri: string | undefined;
    /** Who set it: a workspace's URI does not get the credentials of the environment. */
    readonly uriScope: 'user' | 'workspace';
    /** How long one request may take, in milliseconds. */
    readonly requestTimeout: number;
  };
  readonly runs: {
    /** Milliseconds between two looks at unfinished runs; 0 for never. */
    readonly refreshInterval: number;
    /** Runs, experiments or models in a page: 1 to 1,000. */
    readonly pageSize: number;
    /** The metric shown beside a run in the tree; empty for the first by name. */
    readonly keyMetric: string;
  };
  readonly python: {
    /** The Python that runs MLflow; undefined when nobody chose one. */
    readonly path: string | undefined;
  };
}

/** Reads the settings as they are now. In an untrusted workspace VS Code already leaves out the restricted ones. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration();
  const read = <T>(key: SettingKey, fallback: T) => configuration.get<T>(key, fallback);
  const inspected = configuration.inspect<string>('mlflow.tracking.uri' satisfies SettingKey);
  const uri = read('mlflow.tracking.uri', '').trim();
  const isFromWorkspace = (inspected?.workspaceFolderValue ?? inspected?.workspaceValue) !== undefined;
  return {
    tracking: {
      uri: uri === '' ? undefined : uri,
      uriScope: isFromWorkspace && vscode.workspace.isTrusted ? 'workspace' : 'user',
      requestTimeout: 1000 * clamp(read('mlflow.tracking.requestTimeout', 30), 1, 600),
    },
    runs: {
      refreshInterval: 1000 * clamp(read('mlflow.runs.refreshInterval', 5), 0, 3600),
      pageSize: clamp(Math.round(read('mlflow.runs.pageSize', 50)), 1, 1000),
      keyMetric: read('mlflow.runs.keyMetric', '').trim(),
    },
    python: { path: read('mlflow.python.path', '').trim() || undefined },
  };
}

/** Whether a change needs a new session: what a store or its cache was made with. Connections follow the URI. */
export function changesSession(before: Settings, after: Settings): boolean {
  return (
    before.tracking.requestTimeout !== after.tracking.requestTimeout ||
    before.runs.pageSize !== after.runs.pageSize
  );
}

/** Calls the listener with the new settings whenever one of ours changes or the workspace becomes trusted. */
export function onDidChangeSettings(listener: (settings: Settings) => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mlflow')) listener(readSettings());
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      listener(readSettings());
    }),
  );
}

/**
 * Makes `uri` the place to look: in the workspace where one is open and trusted, else for the user. `undefined` takes
 * the setting back wherever it was made, so that the environment decides. Throws a UserError if VS Code cannot write it.
 */
export async function writeTrackingUri(uri: string | undefined): Promise<void> {
  const key: SettingKey = 'mlflow.tracking.uri';
  const isWorkspace = vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const targets = uri === undefined && isWorkspace ? [Workspace, Global] : [isWorkspace ? Workspace : Global];
  try {
    for (const target of targets) await vscode.workspace.getConfiguration().update(key, uri, target);
  } catch (error) {
    throw new UserError(`The setting ${key} could not be written: ${causeOf(error)}`, { cause: error });
  }
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : least;
}
