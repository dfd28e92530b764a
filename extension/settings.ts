import * as vscode from 'vscode';
import { readKept, type KeptConnection } from './connections/keptConnections';
import type { SettingKey } from './manifest';
import { causeOf } from './tracking/errors';
import { UserError } from './ui/userError';
import type { Direction } from '../webviews/protocol/metrics';

const keptKey: SettingKey = 'mlflow.connections';
const directionKey: SettingKey = 'mlflow.metrics.direction';

type DirectionRules = ReadonlyMap<string, Direction>;

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
  /** `mlflow.registry.uri` as it applies here, and who set it. */
  readonly registry: {
    readonly uri: string | undefined;
    readonly uriScope: 'user' | 'workspace';
  };
  /** `mlflow.connections`: the workspace's own, where that is trusted, then the user's. */
  readonly kept: readonly KeptConnection[];
  readonly runs: {
    /** Milliseconds between two looks at unfinished runs; 0 for never. */
    readonly refreshInterval: number;
    /** Runs, experiments or models in a page: 1 to 1,000. */
    readonly pageSize: number;
    /** The metric shown beside a run in the tree; empty for the first by name. */
    readonly keyMetric: string;
  };
  readonly models: {
    /** Whether a tag tells of each move of an alias or to a stage, even without a note. */
    readonly recordsMoves: boolean;
  };
  readonly metrics: {
    /** Which values are better, by a metric's name, `*` standing for any text. */
    readonly direction: DirectionRules;
  };
  readonly python: {
    /** The Python that runs MLflow; undefined when nobody chose one. */
    readonly path: string | undefined;
  };
  readonly projects: {
    /** What becomes of a run when the window that started it closes. */
    readonly whenWindowCloses: 'goOn' | 'end';
    /** How many runs of a sweep run at once unless it is said otherwise. */
    readonly runsAtOnce: number;
  };
}

/** Reads the settings as they are now. In an untrusted workspace VS Code already leaves out the restricted ones. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration();
  const read = <T>(key: SettingKey, fallback: T) => configuration.get<T>(key, fallback);
  return {
    tracking: {
      ...readUri('mlflow.tracking.uri'),
      requestTimeout: 1000 * clamp(read('mlflow.tracking.requestTimeout', 30), 1, 600),
    },
    registry: readUri('mlflow.registry.uri'),
    kept: [...keptIn('workspace'), ...keptIn('user')],
    runs: {
      refreshInterval: 1000 * clamp(read('mlflow.runs.refreshInterval', 5), 0, 3600),
      pageSize: clamp(Math.round(read('mlflow.runs.pageSize', 50)), 1, 1000),
      keyMetric: read('mlflow.runs.keyMetric', '').trim(),
    },
    models: { recordsMoves: read('mlflow.models.recordMoves', true) },
    metrics: { direction: readDirections(read<unknown>('mlflow.metrics.direction', {})) },
    python: { path: read('mlflow.python.path', '').trim() || undefined },
    projects: {
      whenWindowCloses: read<string>('mlflow.projects.whenWindowCloses', '') === 'end' ? 'end' : 'goOn',
      runsAtOnce: clamp(Math.round(read('mlflow.projects.runsAtOnce', 2)), 1, 64),
    },
  };
}

function readDirections(value: unknown): DirectionRules {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, Direction] => isDirection(entry[1])));
}

function isDirection(value: unknown): value is Direction {
  return value === 'lower' || value === 'higher';
}

/**
 * Says which values of a metric are better from now on: in the workspace where one is open and trusted, else for the
 * user. Throws a UserError if VS Code cannot write it.
 */
export async function writeDirection(metric: string, direction: Direction): Promise<void> {
  const isWorkspace = canWriteWorkspace();
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const inspected = vscode.workspace.getConfiguration().inspect<unknown>(directionKey);
  const before = readDirections(isWorkspace ? inspected?.workspaceValue : inspected?.globalValue);
  const value = Object.fromEntries(new Map([...before, [metric, direction]]));
  await write(directionKey, value, isWorkspace ? Workspace : Global);
}

/** A URI that is set, and who set it. */
function readUri(key: SettingKey): Settings['registry'] {
  const configuration = vscode.workspace.getConfiguration();
  const inspected = configuration.inspect<string>(key);
  const uri = configuration.get<string>(key, '').trim();
  const isFromWorkspace = (inspected?.workspaceFolderValue ?? inspected?.workspaceValue) !== undefined;
  return {
    uri: uri === '' ? undefined : uri,
    uriScope: isFromWorkspace && vscode.workspace.isTrusted ? 'workspace' : 'user',
  };
}

/** VS Code itself would let the workspace's list hide the user's. */
function keptIn(scope: KeptConnection['scope']): readonly KeptConnection[] {
  const inspected = vscode.workspace.getConfiguration().inspect<unknown>(keptKey);
  if (scope === 'user') return readKept(inspected?.globalValue, scope);
  return vscode.workspace.isTrusted ? readKept(inspected?.workspaceValue, scope) : [];
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
  const isWorkspace = canWriteWorkspace();
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const targets = uri === undefined && isWorkspace ? [Workspace, Global] : [isWorkspace ? Workspace : Global];
  for (const target of targets) await write('mlflow.tracking.uri', uri, target);
}

/** Adds a connection to those that are kept. Throws a UserError if VS Code cannot write the setting. */
export async function addKept(kept: KeptConnection): Promise<void> {
  await writeKept([...keptIn(kept.scope), kept], kept.scope);
}

/** Takes a connection from those that are kept. Throws a UserError if VS Code cannot write the setting. */
export async function removeKept({ name, uri, scope }: KeptConnection): Promise<void> {
  const others = keptIn(scope).filter((one) => one.name !== name || one.uri !== uri);
  await writeKept(others, scope);
}

/** Whether the workspace has settings that count. */
export function canWriteWorkspace(): boolean {
  return vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
}

async function writeKept(kept: readonly KeptConnection[], scope: KeptConnection['scope']): Promise<void> {
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const value = kept.length === 0 ? undefined : kept.map(({ name, uri }) => ({ name, uri }));
  await write(keptKey, value, scope === 'workspace' ? Workspace : Global);
}

async function write(key: SettingKey, value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
  try {
    await vscode.workspace.getConfiguration().update(key, value, target);
  } catch (error) {
    throw new UserError(`The setting ${key} could not be written: ${causeOf(error)}`, { cause: error });
  }
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : least;
}
