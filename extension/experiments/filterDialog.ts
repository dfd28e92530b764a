import * as vscode from 'vscode';
import type { RunSearch } from '../catalog/runSearch';
import { composeFilter } from '../tracking/filter/composeFilter';
import { describeSearch } from '../tracking/filter/describeSearch';
import { parseRunOrder } from '../tracking/filter/parseRunOrder';
import { readSearchText } from '../tracking/filter/readSearchText';
import { causeOf } from '../tracking/errors';
import type { Run, RunStatus } from '../tracking/model';
import { plainText, withoutIcons } from '../ui/text';
import { listSortKeys, splitOrder } from './sortKeys';

export interface SearchDialog {
  readonly experimentName: string;
  /** The runs that are loaded: their metrics and parameters are offered to sort by. */
  readonly runs: () => readonly Run[];
  readonly search: () => RunSearch | undefined;
  readonly apply: (search: RunSearch | undefined) => Promise<void>;
}

type Draft = Omit<RunSearch, 'filter' | 'label'>;
type Step = (dialog: SearchDialog, draft: Draft) => Promise<Draft | undefined>;

const empty: Draft = { text: '', orderBy: [] };

/** Lets the user narrow down and sort the runs of an experiment, one thing after the other; each counts at once. */
export async function askSearch(dialog: SearchDialog): Promise<void> {
  for (;;) {
    const draft: Draft = dialog.search() ?? empty;
    const step = await askStep(dialog, draft);
    if (!step) return;
    const next = await step(dialog, draft);
    if (next) await dialog.apply(toSearch(next));
  }
}

function toSearch(draft: Draft): RunSearch | undefined {
  const filter = composeFilter(draft) ?? '';
  const label = describeSearch(draft);
  return label === '' ? undefined : { ...draft, filter, label };
}

async function askStep(dialog: SearchDialog, draft: Draft): Promise<Step | undefined> {
  const item = (icon: string, label: string, now: string, step: Step) => ({
    label: `$(${icon}) ${label}`,
    description: withoutIcons(plainText(now, 200)),
    step,
  });
  const items = [
    item('filter', 'Filter…', draft.text || 'all runs', askText),
    item('arrow-swap', 'Sort…', draft.orderBy.join(', ') || 'newest first', askOrder),
    item('history', 'Started…', nameTime(draft.startedWithin), askTime),
    item('pulse', 'State…', nameState(draft), askState),
    ...(dialog.search() ? [item('clear-all', 'Show All Runs', '', () => Promise.resolve(empty))] : []),
  ];
  const title = `Filter Runs of ${withoutIcons(plainText(dialog.experimentName, 80))}`;
  const placeHolder = 'What to list; Esc when done';
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.step;
}

/** The filter itself. A mistake is told as it is typed, and selected when Enter is pressed on it. */
async function askText(_: SearchDialog, draft: Draft): Promise<Draft | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Filter Runs';
  input.prompt = 'A filter in MLflow’s grammar, or a part of the run’s name. Empty for all runs.';
  input.placeholder = 'metrics.rmse < 1 and params.model = "tree"';
  input.value = draft.text;
  input.ignoreFocusOut = true;
  const check = (): void => {
    input.validationMessage = validate(input.value);
  };
  check();
  try {
    return await new Promise<Draft | undefined>((resolve) => {
      input.onDidChangeValue(check);
      input.onDidHide(() => {
        resolve(undefined);
      });
      input.onDidAccept(() => {
        const read = readSearchText(input.value);
        if (read.kind !== 'invalid') resolve({ ...draft, text: input.value.trim() });
        else input.valueSelection = [read.error.offset, read.error.offset + read.error.length];
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}

function validate(text: string): string | vscode.InputBoxValidationMessage | undefined {
  const read = readSearchText(text);
  switch (read.kind) {
    case 'invalid':
      return `At character ${read.error.offset + 1}: ${plainText(read.error.message, 300)}`;
    case 'name': {
      const message = `Runs whose name contains “${plainText(read.text, 100)}”`;
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    }
    case 'none':
    case 'filter':
      return undefined;
  }
}

/** What to sort by: a key of the loaded runs, or what is typed. */
async function askOrder(dialog: SearchDialog, draft: Draft): Promise<Draft | undefined> {
  const picker = vscode.window.createQuickPick<
    vscode.QuickPickItem & { readonly orderBy: readonly string[] }
  >();
  picker.title = 'Sort Runs';
  picker.placeholder = 'Choose, or type keys such as: metrics.rmse, attributes.start_time DESC';
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
    return await new Promise<Draft | undefined>((resolve) => {
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

const hour = 3_600_000;
const times: readonly (readonly [label: string, within: number | undefined])[] = [
  ['any time', undefined],
  ['last hour', hour],
  ['last 24 hours', 24 * hour],
  ['last 7 days', 7 * 24 * hour],
  ['last 30 days', 30 * 24 * hour],
  ['last year', 365 * 24 * hour],
];

function nameTime(within: number | undefined): string {
  return times.find(([, time]) => time === within)?.[0] ?? 'any time';
}

async function askTime(_: SearchDialog, draft: Draft): Promise<Draft | undefined> {
  const items = times.map(([label, within]) => ({ label, within }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Runs Started', placeHolder: 'When' });
  const { startedWithin: _before, ...others } = draft;
  return chosen && { ...others, ...(chosen.within === undefined ? {} : { startedWithin: chosen.within }) };
}

const statuses: readonly RunStatus[] = ['RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'SCHEDULED'];

function nameState({ status, isDeleted }: Draft): string {
  const words = [status?.toLowerCase(), isDeleted === true ? 'deleted' : undefined];
  return words.filter((word) => word !== undefined).join(', ') || 'any';
}

async function askState(_: SearchDialog, draft: Draft): Promise<Draft | undefined> {
  const { status: _status, isDeleted: _isDeleted, ...others } = draft;
  const items = [
    { label: 'any', state: {} },
    ...statuses.map((status) => ({ label: status.toLowerCase(), state: { status } })),
    { label: 'deleted', state: { isDeleted: true } },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Runs in State', placeHolder: 'Which' });
  return chosen && { ...others, ...chosen.state };
}
