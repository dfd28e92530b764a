import * as vscode from 'vscode';
import { Emitter } from '../catalog/emitter';
import type { Editing } from '../editing/editing';
import type { SharedRunData } from '../histories/sharedRunData';
import { type CommandHandlers, executeCommand, type ExperimentTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { onDidChangeSettings, type Settings } from '../settings';
import { chooseTargets } from '../ui/chooseTargets';
import { copyTexts } from '../ui/copyText';
import { demandSession } from '../ui/demandSession';
import { askOption, askText, type Option } from '../ui/inputs';
import type { Lazy } from '../ui/lazy';
import { Lifetime } from '../ui/lifetime';
import type { Panel } from '../ui/panelHost';
import { pickExperiments } from '../ui/pickRuns';
import type { Report } from '../ui/report';
import { askWhere, saveText } from '../ui/saveDialog';
import { plainText, withoutIcons } from '../ui/text';
import { UserError } from '../ui/userError';
import type { RunsExport, RunsTableSubject, SavedView } from '../../webviews/protocol/runsTable';
import type { RunCommands } from './actOnRuns';
import type { ExportPlaces } from './exportTable';
import { FilterHistory } from './filterHistory';
import { RunsTable } from './runsTable';
import type { CreateTable, RunsTablePanel, RunsTableSources } from './runsTablePanel';
import { RunsTablePanels } from './runsTablePanels';
import { SavedViews } from './savedViews';

/** What the tables work with. */
export interface RunsTableOptions extends Pick<RunsTableSources, 'runWatcher'> {
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState'>;
  readonly sessions: Sessions;
  readonly report: Report;
  readonly settings: () => Settings;
  /** The rows selected in the tree. */
  readonly selection: () => readonly { readonly kind: string }[];
  readonly runData: SharedRunData;
  readonly editing: Lazy<Editing>;
  readonly open: () => Panel;
}

/** The tables of runs, and what commands do with the one that the user works in. */
export class RunsTableCommands implements vscode.Disposable {
  private readonly lifetime = new Lifetime();
  private readonly panels: RunsTablePanels;
  readonly commands: CommandHandlers<
    | 'mlflow.experiment.showTable'
    | `mlflow.runsTable.${'refresh' | 'readAll' | 'export' | 'openView' | 'saveView'}`
  > = {
    'mlflow.experiment.showTable': (one, all) => this.show(all ?? [one]),
    'mlflow.runsTable.refresh': () => this.refresh(),
    'mlflow.runsTable.readAll': () => this.readAll(),
    'mlflow.runsTable.export': () => this.export(),
    'mlflow.runsTable.openView': () => this.openView(),
    'mlflow.runsTable.saveView': () => this.saveView(),
  };

  constructor(private readonly options: RunsTableOptions) {
    const { context, report, settings } = options;
    let rules = settings().metrics.direction;
    const rulesChanged = this.lifetime.add(new Emitter());
    this.lifetime.add(
      onDidChangeSettings((changed) => {
        rules = changed.metrics.direction;
        rulesChanged.fire();
      }),
    );
    this.panels = this.lifetime.add(
      new RunsTablePanels({
        ...options,
        createTable: createTableWith(options.runData),
        rules: () => rules,
        onDidChangeRules: rulesChanged.event,
        history: new FilterHistory(context.workspaceState),
        views: new SavedViews(context.workspaceState, options.editing),
        commands: runCommands(report),
        places: exportPlaces(report),
      }),
    );
  }

  /** Shows the runs of the experiments given, else of those selected, else of some that the user picks. */
  async show(given: readonly (ExperimentTarget | undefined)[]): Promise<void> {
    const { sessions, selection } = this.options;
    const { connection } = await demandSession(sessions);
    const selected = selection().filter(
      (node): node is ExperimentTarget & { kind: string } => node.kind === 'experiment',
    );
    const rows = await chooseTargets<ExperimentTarget>('experiment', given, selected, () =>
      Promise.resolve(undefined),
    );
    const chosen = rows.length > 0 ? rows : await pickExperiments(sessions, 'Show Runs as Table');
    const experimentIds = [...new Set(chosen?.map(({ experimentId }) => experimentId))];
    const subject: RunsTableSubject = { connectionUri: connection.uri, experimentIds };
    if (experimentIds.length > 0) this.panels.show(subject);
  }

  revive(panel: Panel, state: unknown): void {
    this.panels.revive(panel, state);
  }

  async refresh(): Promise<void> {
    await this.demandActive().refresh();
  }

  readAll(): void {
    this.demandActive().readAll();
  }

  /** Exports all runs that are found, as the user chooses. */
  async export(): Promise<void> {
    const table = this.demandActive();
    const wanted = await askExport();
    if (wanted) await table.exportRuns(wanted, new AbortController().signal);
  }

  async openView(): Promise<void> {
    const table = this.demandActive();
    const view = await askView(table.views);
    if (view) await table.actOnView('open', view);
  }

  async saveView(): Promise<void> {
    const table = this.demandActive();
    const name = await askText({ title: 'Save View', prompt: 'The name of the view' });
    if (name !== undefined) await table.actOnView('save', { name: name.trim(), isShared: false });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private demandActive(): RunsTablePanel {
    const { active } = this.panels;
    if (!active) throw new UserError('No table of runs is open. “MLflow: Show Runs as Table” opens one.');
    return active;
  }
}

function createTableWith(runData: SharedRunData): CreateTable {
  return (session: Session, experimentIds, directionOf) =>
    new RunsTable({
      catalog: session.catalog,
      experimentIds,
      histories: () => Promise.resolve(runData.historiesOf(session)),
      colorsOf: (runIds) => runData.colors.colorsOf(session.connection.uri, runIds),
      directionOf,
    });
}

function runCommands(report: Report): RunCommands {
  return {
    open: (run) => executeCommand('mlflow.run.open', run),
    compare: (runs) => executeCommand('mlflow.run.compare', runs[0], runs),
    showCharts: (runs) => executeCommand('mlflow.run.showCharts', runs[0], runs),
    openInBrowser: (run) => executeCommand('mlflow.run.openInBrowser', run),
    rename: (run) => executeCommand('mlflow.experiments.rename', run),
    editTags: (runs) => executeCommand('mlflow.experiments.editTags', runs[0], runs),
    delete: (runs) => executeCommand('mlflow.experiments.delete', runs[0], runs),
    copyIds: (runIds) => copyTexts(runIds, 'run ID'),
    confirm: (question, detail, action) => report.confirm(question, detail, action),
  };
}

function exportPlaces(report: Report): ExportPlaces {
  return {
    copy: (text) => vscode.env.clipboard.writeText(text),
    offerFile: async (message) => (await report.offer('info', message, 'Save to File…')) !== undefined,
    save: async ({ name, ending, title, write }) => {
      const uri = await askWhere(`${name} runs`, ending);
      return uri !== undefined && (await saveText(uri, { title, write }));
    },
  };
}

const exports: readonly Option<Pick<RunsExport, 'format' | 'to'>>[] = [
  { label: 'CSV File…', value: { format: 'csv', to: 'file' } },
  { label: 'JSON File…', value: { format: 'json', to: 'file' } },
  { label: 'Markdown File…', value: { format: 'markdown', to: 'file' } },
  { label: 'Copy as CSV', value: { format: 'csv', to: 'clipboard' } },
  { label: 'Copy as JSON', value: { format: 'json', to: 'clipboard' } },
  { label: 'Copy as Markdown', value: { format: 'markdown', to: 'clipboard' } },
];

const columnChoices: readonly Option<RunsExport['columns']>[] = [
  { label: 'Shown Columns', value: 'shown' },
  { label: 'All Columns', value: 'all' },
];

async function askExport(): Promise<RunsExport | undefined> {
  const kind = await askOption('Export Runs', 'As what', exports);
  const columns = kind && (await askOption('Export Runs', 'Which columns', columnChoices));
  return kind && columns && { ...kind, columns, runIds: [] };
}

async function askView(views: readonly SavedView[]): Promise<SavedView | undefined> {
  if (views.length === 0) throw new UserError('No view of these runs is saved yet.');
  const items = views.map((view) => ({
    label: withoutIcons(plainText(view.name)),
    description: view.isShared ? 'shared' : '',
    value: view,
  }));
  return await askOption('Open View', 'Type a part of its name', items);
}
