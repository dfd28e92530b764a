import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../ui/text';

/** Where a question stands in a row of several. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Back to the question before; undefined stands for turning away. */
export type Answer<T> = { readonly value: T } | 'back' | undefined;

export interface StepOption<T> {
  readonly label: string;
  /** The id of one of VS Code's icons. */
  readonly icon?: string | undefined;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly value: T;
  /** Why it cannot be had: it is shown, but nothing happens when it is chosen. */
  readonly missing?: string | undefined;
}

export interface ChoiceQuestion<T> {
  readonly placeholder: string;
  readonly options: readonly StepOption<T>[];
  /** The one that Enter takes. */
  readonly active?: T | undefined;
  /** Makes an option of what is typed. */
  readonly fromText?: ((text: string) => StepOption<T>) | undefined;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string | undefined;
  /** What is wrong with the text, as it is typed; undefined when nothing is. */
  readonly findProblem?: ((text: string) => string | undefined) | undefined;
  /** Has the user choose a file or folder; undefined when they turn away. */
  readonly browse?: (() => Promise<string | undefined>) | undefined;
}

const browseButton = { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: 'Browse…' };

/** Has the user choose one of some; a stranger's texts may be among the labels. */
export async function askChoice<T>(place: Place, question: ChoiceQuestion<T>): Promise<Answer<T>> {
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly option: StepOption<T> }>();
  const all = question.options.map(toItem);
  picker.items = all;
  picker.placeholder = question.placeholder;
  picker.matchOnDescription = true;
  const active = all.filter(({ option }) => option.value === question.active);
  // None would leave Enter without effect.
  if (active.length > 0) picker.activeItems = active;
  const { fromText } = question;
  if (fromText) {
    picker.onDidChangeValue((text) => {
      const isKnown = text === '' || question.options.some(({ label }) => label === text);
      picker.items = isKnown ? all : [...all, toItem(fromText(text))];
    });
  }
  return await ask(picker, place, () => {
    const { value } = picker;
    // Enter may come before what was typed stands among the options.
    const chosen = picker.selectedItems[0]?.option ?? (value.trim() === '' ? undefined : fromText?.(value));
    return chosen && chosen.missing === undefined ? { value: chosen.value } : undefined;
  });
}

/** What a row of a question is too short for, and who shows it. */
export interface Whole {
  readonly label: string;
  /** The name of the document that shows it; its ending says its language. */
  readonly name: string;
  readonly text: string;
  readonly show: (name: string, text: string) => Promise<void>;
}

/** Asks as askChoice does, with one more choice, which shows the whole of something beside the question and asks again. */
export async function askWithWhole<T>(
  place: Place,
  { options, ...question }: ChoiceQuestion<T>,
  { label, name, text, show }: Whole,
): Promise<Answer<T>> {
  const mine = options.map((one) => ({ ...one, value: { kind: 'answer', value: one.value } as const }));
  const active = mine.find(({ value: { value } }) => value === question.active)?.value;
  for (;;) {
    const answer = await askChoice<(typeof mine)[number]['value'] | { readonly kind: 'show' }>(place, {
      placeholder: question.placeholder,
      options: [...mine, { label, icon: 'eye', value: { kind: 'show' } }],
      active,
    });
    if (answer === undefined || answer === 'back') return answer;
    if (answer.value.kind === 'answer') return { value: answer.value.value };
    await show(name, text);
  }
}

/** Has the user type a text. */
export async function askText(place: Place, question: TextQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  const { findProblem, browse, placeholder } = question;
  input.prompt = withoutLinks(withoutIcons(question.prompt));
  input.value = question.value;
  if (placeholder !== undefined) input.placeholder = placeholder;
  const check = (): string | undefined => findProblem?.(input.value);
  const show = (): void => {
    input.validationMessage = withoutLinks(check() ?? '');
  };
  input.onDidChangeValue(show);
  // What is to be filled in yet is no fault.
  if (question.value !== '') show();
  let isBrowsing = false;
  if (browse) {
    input.buttons = [browseButton];
    input.onDidTriggerButton((button) => {
      if (button !== browseButton) return;
      isBrowsing = true;
      void browse().then((path) => {
        isBrowsing = false;
        if (path !== undefined) input.value = path;
        input.show();
        show();
      });
    });
  }
  const read = () => {
    show();
    return check() === undefined ? { value: input.value } : undefined;
  };
  return await ask(input, place, read, () => isBrowsing);
}

/**
 * Shows the box until it is answered, left, or gone back from. It stays while another window has the focus, and comes back from
 * where it `isAway`: VS Code's own file dialog takes its place where files are on another machine.
 */
async function ask<T>(
  box: vscode.QuickPick<vscode.QuickPickItem & { readonly option: StepOption<T> }> | vscode.InputBox,
  { title, step, totalSteps }: Place,
  read: () => { readonly value: T } | undefined,
  isAway = (): boolean => false,
): Promise<Answer<T>> {
  Object.assign(box, { title: withoutIcons(title), step, totalSteps, ignoreFocusOut: true });
  if (step > 1) box.buttons = [vscode.QuickInputButtons.Back, ...box.buttons];
  try {
    return await new Promise<Answer<T>>((resolve) => {
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve('back');
      });
      box.onDidHide(() => {
        if (!isAway()) resolve(undefined);
      });
      box.onDidAccept(() => {
        const answer = read();
        if (answer) resolve(answer);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}

function toItem<T>(option: StepOption<T>) {
  const { label, icon, description, detail, missing } = option;
  return {
    option,
    label: withoutIcons(label) || '(empty)',
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
    ...(description !== undefined && { description: withoutIcons(description) }),
    ...(missing !== undefined
      ? { detail: `$(circle-slash) ${withoutIcons(missing)}` }
      : detail !== undefined && { detail: withoutIcons(detail) }),
  };
}
