import * as vscode from 'vscode';
import type { RunSearch } from '../catalog/runSearch';
import { causeOf } from '../tracking/errors';
import { readSearchText } from '../tracking/filter/composeFilter';
import { parseRunOrder } from '../tracking/filter/parseRunOrder';
import type { Run, RunStatus } from '../tracking/model';
import { askFilter } from '../ui/askFilter';
import { askOption } from '../ui/inputs';
import { plainText, withoutIcons } from '../ui/text';
import { allRuns, completeSearch, namePeriod, nameState, periods, type SearchDraft } from './searchDraft';
import { listSortKeys, splitOrder } from './sortKeys';

export interface SearchDialog {
  readonly experimentName: string;
  /** The runs that are loaded: their metrics and parameters are offered to sort by. */
  readonly runs: () => readonly Run[];
  readonly search: () => RunSearch | undefined;
  readonly apply: (search: RunSearch | undefined) => Promise<void>;
}

/** Asks for one part of the search; undefined when the user would rather leave it. */
type Step = (dialog: SearchDialog, draft: SearchDraft) => Promise<SearchDraft | undefined>;

/** Lets the user narrow down and sort the runs of an experiment, one thing after the other; each counts at once. */
export async function askSearch(given: SearchDialog): Promise<void> {
  // A filter that nothing matches leaves no keys to sort by.
  const before = given.runs();
  const dialog = { ...given, runs: () => [...before, ...given.runs()] };
  for (;;) {
    const draft = dialog.search() ?? allRuns;
    const step = await askStep(dialog, draft);
    if (!step) return;
    const next = await step(dialog, draft);
    if (next) await dialog.apply(completeSearch(next));
  }
}

async function askStep(dialog: SearchDialog, draft: SearchDraft): Promise<Step | undefined> {
  const item = (icon: string, label: string, now: string, step: Step) => ({
    label: `$(${icon}) ${label}`,
    description: withoutIcons(plainText(now, 200)),
    value: step,
  });
  const items = [
    item('filter', 'Filter…', draft.text || 'all runs', askText),
    item('arrow-swap', 'Sort…', draft.orderBy.join(', ') || 'newest first', askOrder),
    item('history', 'Started…', namePeriod(draft.startedWithin), askTime),
    item('pulse', 'State…', nameState(draft) || 'any', askState),
    ...(dialog.search() ? [item('clear-all', 'Show All Runs', '', () => Promise.resolve(allRuns))] : []),
  ];
  const title = `Filter Runs of ${withoutIcons(plainText(dialog.experimentName, 80))}`;
  return await askOption(title, 'What to list; Esc when done', items);
}

/** The filter itself. */
async function askText(_: SearchDialog, draft: SearchDraft): Promise<SearchDraft | undefined> {
  const text = await askFilter({
    title: 'Filter Runs',
    prompt: 'A filter in MLflow’s grammar, or a part of the run’s name. Empty for all runs.',
    placeholder: 'metrics.rmse < 1 and params.model = "tree"',
    value: draft.text,
    read: readSearchText,
    explainName: (name) => `Runs whose name contains “${name}”`,
  });
  return text === undefined ? undefined : { ...draft, text };
}

/** What to sort by: a key of the loaded runs, or what is typed. */
async function askOrder(dialog: SearchDialog, draft: SearchDraft): Promise<SearchDraft | undefined> {
  const picker = vscode.window.createQuickPick<
    vscode.QuickPickItem & { readonly orderBy: readonly string[] }
  >();
  picker.title = 'Sort Runs';
  picker.placeholder = 'Choose, or type keys such as: metrics.rmse, attributes.start_time DESC';
  picker.ignoreFocusOut = true;
  const keys = listSortKeys(dialog.runs()).map(({ label, description, orderBy }) => ({
    label: withoutIcons(plainText(label, 200)),
    description,
    orderBy,
  }));
  const list = (): void => {
    const typed = splitOrder(picker.value);
    picker.items = [...keys, ...(typed.length === 0 ? [] : [describeTyped(typed)])];
  };
  list();
  try {
    return await new Promise<SearchDraft | undefined>((resolve) => {
      picker.onDidChangeValue(list);
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (chosen && findOrderProblem(chosen.orderBy) === undefined) {
          resolve({ ...draft, orderBy: chosen.orderBy });
        }
      });
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function describeTyped(orderBy: readonly string[]) {
  const problem = findOrderProblem(orderBy);
  return {
    label: `$(${problem === undefined ? 'arrow-swap' : 'error'}) By what is typed`,
    description: withoutIcons(plainText(problem ?? orderBy.join(', '), 300)),
    alwaysShow: true,
    orderBy,
  };
}

function findOrderProblem(orderBy: readonly string[]): string | undefined {
  try {
    parseRunOrder(orderBy);
    return undefined;
  } catch (error) {
    return causeOf(error);
  }
}

async function askTime(_: SearchDialog, draft: SearchDraft): Promise<SearchDraft | undefined> {
  const items = periods.map(([label, startedWithin]) => ({ label, value: { startedWithin } }));
  const chosen = await askOption('Runs Started', 'When', items);
  return chosen && { ...draft, ...chosen };
}

const statuses: readonly RunStatus[] = ['RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'SCHEDULED'];

async function askState(_: SearchDialog, draft: SearchDraft): Promise<SearchDraft | undefined> {
  const items = [
    { label: 'any', value: {} },
    ...statuses.map((status) => ({ label: status.toLowerCase(), value: { status } })),
    { label: 'deleted', value: { isDeleted: true } },
  ];
  const chosen = await askOption<Partial<SearchDraft>>('Runs in State', 'Which', items);
  return chosen && { ...draft, status: undefined, isDeleted: undefined, ...chosen };
}
