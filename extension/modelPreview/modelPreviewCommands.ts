import * as vscode from 'vscode';
import {
  type CommandHandlers,
  executeCommand,
  type LoggedModelTarget,
  type ModelFileTarget,
  type ModelVersionTarget,
} from '../manifest';
import type { Sessions } from '../session';
import { demandSession } from '../ui/demandSession';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import { pickLoggedModel, pickVersion } from '../ui/pickModel';
import type { Report } from '../ui/report';
import type { ModelSubject } from '../../webviews/protocol/modelPreview';
import { chooseModelFile, copyLoadingCode, openFolder, openModelFile, subjectOf } from './modelFileCommands';
import { ModelPreviewPanel, type ModelPreviewSources } from './modelPreviewPanel';
import { isModelSubject } from './modelSubject';

export interface ModelPreviewOptions {
  readonly panelHost: PanelHost;
  readonly sessions: Sessions;
  readonly report: Report;
}

/** A bundle of its own: what opens a preview reads YAML, signatures and all that belongs to a model. */

/** The open previews: one for each MLmodel, and one for what a store keeps, in which the next takes the place of the one before. */
export class ModelPreviews {
  private readonly open = new Set<ModelPreviewPanel>();

  readonly commands: CommandHandlers<
    | 'mlflow.modelFile.preview'
    | 'mlflow.modelFile.copyLoadingCode'
    | 'mlflow.modelVersion.open'
    | 'mlflow.loggedModel.open'
  > = {
    'mlflow.modelFile.preview': (file) => this.previewFile(file),
    'mlflow.modelFile.copyLoadingCode': (file) => this.copyCode(file),
    'mlflow.modelVersion.open': (version) => this.openVersion(version),
    'mlflow.loggedModel.open': (model) => this.openLogged(model),
  };

  constructor(
    private readonly kind: PanelKind,
    private readonly options: ModelPreviewOptions,
  ) {}

  /** `mlflow.modelFile.preview`: beside the MLmodel, where that is what the user works in. */
  async previewFile(target: ModelFileTarget | vscode.Uri | undefined): Promise<void> {
    const uri = await chooseModelFile(uriOf(target));
    if (!uri) return;
    const isActive = vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
    this.show(subjectOf(uri), false, isActive ? 'beside' : 'active');
  }

  async copyCode(target: ModelFileTarget | vscode.Uri | undefined): Promise<void> {
    const uri = await chooseModelFile(uriOf(target));
    if (uri) await copyLoadingCode(uri);
  }

  /** `mlflow.modelVersion.open`: a click in the tree leaves the focus there; who picked a version by name wants to read it. */
  async openVersion(target: ModelVersionTarget | undefined): Promise<void> {
    const { sessions } = this.options;
    const chosen = target ?? (await pickVersion(sessions));
    if (!chosen) return;
    const { connection } = await demandSession(sessions);
    const { modelName, version } = chosen;
    const subject = { kind: 'version', connectionUri: connection.uri, modelName, version } as const;
    this.show(subject, target !== undefined, 'active');
  }

  /** `mlflow.loggedModel.open`: as a version is opened. */
  async openLogged(target: LoggedModelTarget | undefined): Promise<void> {
    const { sessions } = this.options;
    const chosen = target ?? (await pickLoggedModel(sessions));
    if (!chosen) return;
    const { connection } = await demandSession(sessions);
    const subject = { kind: 'loggedModel', connectionUri: connection.uri, modelId: chosen.modelId } as const;
    this.show(subject, target !== undefined, 'active');
  }

  /** Shows in a panel what it showed before a restart; `state` is a stranger's. */
  revive(panel: Panel, state: unknown): void {
    const { subject }: { readonly subject?: unknown } =
      typeof state === 'object' && state !== null ? state : {};
    if (isModelSubject(subject)) this.adopt(panel, subject);
    else panel.dispose();
  }

  private show(subject: ModelSubject, preserveFocus: boolean, column: 'active' | 'beside'): void {
    const present = [...this.open].find((panel) => isSamePlace(panel.subject, subject));
    if (!present) {
      this.adopt(this.options.panelHost.open(this.kind, preserveFocus, column), subject);
      return;
    }
    present.show(subject);
    present.reveal(preserveFocus, column);
  }

  private adopt(panel: Panel, subject: ModelSubject): void {
    const opened = new ModelPreviewPanel(panel, this.sources(), subject);
    this.open.add(opened);
    panel.onDidDispose(() => this.open.delete(opened));
  }

  private sources(): ModelPreviewSources {
    const { sessions, report } = this.options;
    return {
      sessions,
      openFolder,
      openFile: (subject, place) => {
        openModelFile(subject, place).catch(report.error);
      },
      openRun: (runId) => executeCommand('mlflow.run.open', { runId }),
      openVersion: (version) => executeCommand('mlflow.modelVersion.open', version),
      openInBrowser: (version) => executeCommand('mlflow.modelVersion.openInBrowser', version),
      copy: (text) => vscode.env.clipboard.writeText(text),
    };
  }
}

/** An editor's title button and the explorer give the file itself. */
function uriOf(target: ModelFileTarget | vscode.Uri | undefined): vscode.Uri | undefined {
  if (target === undefined || target instanceof vscode.Uri) return target;
  return vscode.Uri.parse(target.uri);
}

function isSamePlace(one: ModelSubject, other: ModelSubject): boolean {
  return one.kind === 'file' ? other.kind === 'file' && one.uri === other.uri : other.kind !== 'file';
}
