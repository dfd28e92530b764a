import * as vscode from 'vscode';

/**
 * Everything that package.json names, typed: a wrong argument or a forgotten id does not compile, and
 * test/manifest.test.ts holds this table against package.json. The only place that registers commands and sets
 * context keys.
 */

/** What a command acts on. Tree nodes carry these, and a feature builds one to open another feature. */
export interface ExperimentTarget {
  readonly experimentId: string;
}
export interface RunTarget {
  readonly runId: string;
}
/** A run to be shown in the tree. */
export interface RevealTarget extends RunTarget {
  /** Nobody asked for it, so that nothing is said where the tree hides it. */
  readonly isQuiet?: boolean;
}
/** An experiment or a run, to be changed. */
export type EditTarget = ExperimentTarget | RunTarget;
export interface MetricTarget extends RunTarget {
  readonly metric: string;
}
export interface ArtifactTarget extends RunTarget {
  readonly artifact: { readonly path: string };
}
export interface ModelTarget {
  readonly modelName: string;
}
export interface ModelVersionTarget extends ModelTarget {
  readonly version: string;
}
export interface LoggedModelTarget {
  readonly modelId: string;
}
/** An MLmodel, wherever it lies. */
export interface ModelFileTarget {
  readonly uri: string;
}
/** The store that a local server is for; the current one unless it is said. */
export interface ServerTarget {
  readonly uri?: string;
}
/** An entry point of the MLproject of that URI, as the language server's code lenses name it. */
export interface EntryPointTarget {
  readonly uri: string;
  readonly entryPoint: string;
}
/** A project's run or sweep of this window, by itself or by the run that MLflow has made for it. */
export type ProjectRunTarget = { readonly launchId: string } | RunTarget;
/** A server of this window. */
export interface RunningTarget {
  readonly serverId: string;
}
/** Whatever stands for one model. */
export type AnyModelTarget = Partial<ModelVersionTarget & RunTarget & ModelFileTarget>;
/** A row of one of our trees, known by its stable id. */
export interface NodeTarget {
  readonly id: string;
}

interface Takes<Args extends readonly unknown[]> {
  readonly args?: Args;
}
/* @__NO_SIDE_EFFECTS__ */
function takes<Args extends readonly unknown[] = []>(): Takes<Args> {
  return {};
}

/** Each command's arguments. A target is optional throughout: from the palette a command asks for what it lacks. */
const commands = {
  'mlflow.connection.connect': takes(),
  'mlflow.connection.keep': takes(),
  'mlflow.connection.retry': takes(),
  'mlflow.connection.signIn': takes(),
  'mlflow.connection.signOut': takes(),
  'mlflow.connection.openSettings': takes(),
  'mlflow.connection.openInBrowser': takes(),
  'mlflow.connection.stopLoading': takes(),
  'mlflow.log.show': takes(),
  'mlflow.experiments.refresh': takes<[node?: NodeTarget]>(),
  'mlflow.experiments.loadMore': takes<[node?: NodeTarget]>(),
  'mlflow.experiments.showDeleted': takes(),
  'mlflow.experiments.hideDeleted': takes(),
  'mlflow.experiments.copyValue': takes<[node?: NodeTarget, nodes?: readonly NodeTarget[]]>(),
  'mlflow.experiment.copyId':
    takes<[experiment?: ExperimentTarget, experiments?: readonly ExperimentTarget[]]>(),
  'mlflow.experiment.copyName':
    takes<[experiment?: ExperimentTarget, experiments?: readonly ExperimentTarget[]]>(),
  'mlflow.experiment.showCharts': takes<[experiment?: ExperimentTarget]>(),
  'mlflow.experiment.showTable':
    takes<[experiment?: ExperimentTarget, experiments?: readonly ExperimentTarget[]]>(),
  'mlflow.experiment.openInBrowser': takes<[experiment?: ExperimentTarget]>(),
  'mlflow.runs.filter': takes<[experiment?: ExperimentTarget]>(),
  'mlflow.runs.clearFilter': takes<[experiment?: ExperimentTarget]>(),
  'mlflow.run.open': takes<[run?: RunTarget]>(),
  'mlflow.run.reveal': takes<[run?: RevealTarget]>(),
  'mlflow.run.showCharts': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.copyId': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.copyName': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.copyArtifactUri': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.openInBrowser': takes<[run?: RunTarget]>(),
  'mlflow.metric.showChart': takes<[metric?: MetricTarget]>(),
  'mlflow.run.compare': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.selectForCompare': takes<[run?: RunTarget]>(),
  'mlflow.run.compareWithSelected': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.compareInDiffEditor': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.compareSource': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.run.compareSourceWithWorkingTree': takes<[run?: RunTarget]>(),
  // From an editor's title and the explorer, VS Code gives the file itself.
  'mlflow.artifact.open': takes<[artifact?: ArtifactTarget]>(),
  'mlflow.artifact.search': takes<[run?: RunTarget]>(),
  'mlflow.artifact.reveal': takes<[artifact?: ArtifactTarget | vscode.Uri]>(),
  'mlflow.artifact.compare': takes<[artifact?: ArtifactTarget, artifacts?: readonly ArtifactTarget[]]>(),
  'mlflow.artifact.download':
    takes<
      [
        target?: RunTarget & Partial<ArtifactTarget>,
        targets?: readonly (RunTarget & Partial<ArtifactTarget>)[],
      ]
    >(),
  'mlflow.artifact.upload': takes<[target?: RunTarget & Partial<ArtifactTarget>]>(),
  'mlflow.artifact.compareWithFile': takes<[artifact?: ArtifactTarget | vscode.Uri]>(),
  'mlflow.artifact.copyPath': takes<[artifact?: ArtifactTarget | vscode.Uri, artifacts?: unknown]>(),
  'mlflow.artifact.copyUri': takes<[artifact?: ArtifactTarget | vscode.Uri, artifacts?: unknown]>(),
  'mlflow.artifact.copyLocation': takes<[artifact?: ArtifactTarget | vscode.Uri, artifacts?: unknown]>(),
  'mlflow.artifact.openAsFolder': takes<[target?: RunTarget | vscode.Uri]>(),
  'mlflow.images.compare': takes<[run?: RunTarget, runs?: readonly RunTarget[]]>(),
  'mlflow.runsTable.refresh': takes(),
  'mlflow.runsTable.readAll': takes(),
  'mlflow.runsTable.export': takes(),
  'mlflow.runsTable.openView': takes(),
  'mlflow.runsTable.saveView': takes(),
  'mlflow.models.refresh': takes<[node?: NodeTarget]>(),
  'mlflow.models.loadMore': takes<[node?: NodeTarget]>(),
  'mlflow.models.filter': takes(),
  'mlflow.models.clearFilter': takes(),
  'mlflow.models.copyValue': takes<[node?: NodeTarget, nodes?: readonly NodeTarget[]]>(),
  'mlflow.model.copyName': takes<[model?: ModelTarget, models?: readonly ModelTarget[]]>(),
  'mlflow.model.openInBrowser': takes<[model?: ModelTarget]>(),
  'mlflow.model.create': takes(),
  'mlflow.model.rename': takes<[model?: ModelTarget]>(),
  'mlflow.model.delete': takes<[model?: ModelTarget]>(),
  'mlflow.model.editDescription': takes<[model?: ModelTarget]>(),
  'mlflow.model.editTags': takes<[model?: ModelTarget]>(),
  'mlflow.modelVersion.editDescription': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.editTags': takes<[version?: ModelVersionTarget]>(),
  'mlflow.model.rollBack': takes<[model?: ModelTarget]>(),
  'mlflow.model.register': takes(),
  'mlflow.modelVersion.setAlias': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.deleteAlias': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.setStage': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.promote': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.delete': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.copyCode': takes<[version?: ModelVersionTarget]>(),
  'mlflow.run.registerModel': takes<[run?: RunTarget & Partial<ArtifactTarget>]>(),
  'mlflow.modelVersion.open': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.copyUri':
    takes<[version?: ModelVersionTarget, versions?: readonly ModelVersionTarget[]]>(),
  'mlflow.modelVersion.openSourceRun': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.openInBrowser': takes<[version?: ModelVersionTarget]>(),
  'mlflow.modelVersion.compare':
    takes<[version?: ModelVersionTarget, versions?: readonly ModelVersionTarget[]]>(),
  'mlflow.modelVersion.compareSignatures':
    takes<[version?: ModelVersionTarget, versions?: readonly ModelVersionTarget[]]>(),
  'mlflow.modelVersion.compareRuns':
    takes<[version?: ModelVersionTarget, versions?: readonly ModelVersionTarget[]]>(),
  'mlflow.modelVersion.compareRequirements':
    takes<[version?: ModelVersionTarget, versions?: readonly ModelVersionTarget[]]>(),
  'mlflow.loggedModel.open': takes<[model?: LoggedModelTarget]>(),
  'mlflow.loggedModel.register': takes<[model?: LoggedModelTarget]>(),
  // From an editor's title and the explorer, VS Code gives the file itself.
  'mlflow.modelFile.preview': takes<[file?: ModelFileTarget | vscode.Uri]>(),
  'mlflow.modelFile.register': takes<[file?: ModelFileTarget | vscode.Uri]>(),
  'mlflow.modelFile.copyLoadingCode': takes<[file?: ModelFileTarget | vscode.Uri]>(),
  'mlflow.project.run': takes<[target?: EntryPointTarget]>(),
  'mlflow.project.runWith': takes<[target?: EntryPointTarget]>(),
  'mlflow.project.runWithDefaults': takes<[target?: EntryPointTarget]>(),
  'mlflow.project.runAgain': takes(),
  'mlflow.project.debug': takes<[target?: EntryPointTarget]>(),
  'mlflow.project.stop': takes<[run?: ProjectRunTarget]>(),
  'mlflow.project.showLog': takes<[run?: ProjectRunTarget]>(),
  'mlflow.project.sweep': takes<[target?: EntryPointTarget]>(),
  'mlflow.run.rerun': takes<[run?: RunTarget]>(),
  'mlflow.run.restore': takes<[run?: RunTarget]>(),
  'mlflow.run.markKilled': takes<[run?: RunTarget]>(),
  'mlflow.server.start': takes<[target?: ServerTarget]>(),
  'mlflow.server.stop': takes(),
  'mlflow.modelVersion.serve': takes<[version?: ModelVersionTarget]>(),
  'mlflow.run.serveModel': takes<[run?: RunTarget]>(),
  'mlflow.modelFile.serve': takes<[file?: ModelFileTarget]>(),
  'mlflow.modelFile.predict': takes<[model?: AnyModelTarget]>(),
  'mlflow.serving.buildDocker': takes<[model?: AnyModelTarget]>(),
  'mlflow.serving.generateDockerfile': takes<[model?: AnyModelTarget]>(),
  'mlflow.serving.deployToSageMaker': takes<[model?: AnyModelTarget]>(),
  'mlflow.serving.stop': takes<[server?: RunningTarget]>(),
  'mlflow.serving.showLog': takes<[server?: RunningTarget]>(),
  'mlflow.serving.sendRequest': takes<[server?: RunningTarget]>(),
  'mlflow.serving.copyCurl': takes<[server?: RunningTarget]>(),
  'mlflow.serving.copyAddress': takes<[server?: RunningTarget]>(),
  'mlflow.serving.open': takes<[server?: RunningTarget]>(),
  'mlflow.environment.check': takes(),
  'mlflow.edit.undo': takes(),
  'mlflow.experiment.create': takes(),
  'mlflow.run.create': takes<[experiment?: ExperimentTarget]>(),
  'mlflow.experiments.rename': takes<[target?: EditTarget]>(),
  'mlflow.experiments.editTags': takes<[target?: EditTarget, targets?: readonly EditTarget[]]>(),
  'mlflow.experiments.editDescription': takes<[target?: EditTarget]>(),
  'mlflow.experiments.delete': takes<[target?: EditTarget, targets?: readonly EditTarget[]]>(),
  'mlflow.experiments.purge': takes(),
  'mlflow.experiments.undelete': takes<[target?: EditTarget, targets?: readonly EditTarget[]]>(),
} as const;

type Commands = typeof commands;
export type CommandId = keyof Commands;
export type CommandArgs<Id extends CommandId> = Commands[Id] extends Takes<infer Args> ? Args : never;

export const commandIds = /* @__PURE__ */ Object.keys(commands) as readonly CommandId[];

export const viewIds = ['mlflow.experiments', 'mlflow.models', 'mlflow.running'] as const;
export type ViewId = (typeof viewIds)[number];

export const panelTypes = [
  'mlflow.runSummary',
  'mlflow.runDiff',
  'mlflow.metrics',
  'mlflow.runsTable',
  'mlflow.modelPreview',
  'mlflow.imageGrid',
] as const;
export type PanelType = (typeof panelTypes)[number];

export const settingKeys = [
  'mlflow.tracking.uri',
  'mlflow.tracking.requestTimeout',
  'mlflow.registry.uri',
  'mlflow.connections',
  'mlflow.runs.refreshInterval',
  'mlflow.runs.pageSize',
  'mlflow.runs.keyMetric',
  'mlflow.models.recordMoves',
  'mlflow.metrics.direction',
  'mlflow.python.path',
  'mlflow.projects.whenWindowCloses',
  'mlflow.projects.runsAtOnce',
  'mlflow.languageServer.allowedKeys',
  'mlflow.languageServer.severities',
  'mlflow.languageServer.inlayHints',
  'mlflow.languageServer.pythonVersion',
] as const;
export type SettingKey = (typeof settingKeys)[number];

/** Context keys that package.json's `when` clauses read, and their values. */
export interface ContextKeys {
  /** The state of the connection: none, idle, connecting, failed, ready. */
  'mlflow.connection': string;
  /** The TrackingErrorKind of a failed connection, else empty. */
  'mlflow.failure': string;
  /** Stores in the workspace that nobody named: none (or one, which is shown), looking, several. */
  'mlflow.found': string;
  /** Something is being loaded and may be stopped. */
  'mlflow.loading': boolean;
  'mlflow.showsDeleted': boolean;
  /** A run waits for another to be compared with. */
  'mlflow.selectedForCompare': boolean;
  /** Servers or projects of this window run. */
  'mlflow.running': boolean;
}
export const contextKeys = [
  'mlflow.connection',
  'mlflow.failure',
  'mlflow.found',
  'mlflow.loading',
  'mlflow.showsDeleted',
  'mlflow.selectedForCompare',
  'mlflow.running',
] as const satisfies readonly (keyof ContextKeys)[];

/** What becomes of an error that a command threw: ui/report. */
export type OnCommandError = (error: unknown) => void;

/** A command's own code; whatever it throws goes to `onError`, so handlers catch nothing. */
export function registerCommand<Id extends CommandId>(
  id: Id,
  onError: OnCommandError,
  handler: (...args: CommandArgs<Id>) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: CommandArgs<Id>) => {
    try {
      return await handler(...args);
    } catch (error) {
      onError(error);
      return undefined;
    }
  });
}

/** What each of some commands does. */
export type CommandHandlers<Id extends CommandId> = {
  readonly [Each in Id]: (...args: CommandArgs<Each>) => unknown;
};

/** Commands whose code is loaded when the first of them is run. */
export function registerCommands<Id extends CommandId>(
  ids: readonly Id[],
  onError: OnCommandError,
  load: () => Promise<CommandHandlers<Id>>,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...ids.map((id) => registerCommand(id, onError, async (...args) => (await load())[id](...args))),
  );
}

export function executeCommand<Id extends CommandId>(id: Id, ...args: CommandArgs<Id>): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** A command for a tree item, a status bar item or a link. */
export function commandLink<Id extends CommandId>(
  title: string,
  id: Id,
  ...args: CommandArgs<Id>
): vscode.Command {
  return { title, command: id, arguments: [...args] };
}

export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
