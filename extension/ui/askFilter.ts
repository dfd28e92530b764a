import * as vscode from 'vscode';
import type { SearchText } from '../tracking/filter/composeFilter';
import { plainText } from './text';

export interface FilterQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly read: (text: string) => SearchText<unknown>;
  /** What is listed for text that is no filter; `name` is safe to show. */
  readonly explainName: (name: string) => string;
}

/**
 * Asks for a filter or a part of a name; undefined when the user would rather leave it. A mistake is told as it is typed, and
 * selected when Enter is pressed on it.
 */
export async function askFilter(question: FilterQuestion): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = question.title;
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value;
  input.ignoreFocusOut = true;
  const check = (): void => {
    input.validationMessage = validate(question, input.value);
  };
  check();
  try {
    return await new Promise<string | undefined>((resolve) => {
      input.onDidChangeValue(check);
      input.onDidHide(() => {
        resolve(undefined);
      });
      input.onDidAccept(() => {
        const read = question.read(input.value);
        if (read.kind !== 'invalid') resolve(input.value.trim());
        else input.valueSelection = [read.error.offset, read.error.offset + read.error.length];
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}

function validate(
  { read, explainName }: FilterQuestion,
  text: string,
): string | vscode.InputBoxValidationMessage {
  const found = read(text);
  switch (found.kind) {
    case 'invalid':
      return `At character ${found.error.offset + 1}: ${plainText(found.error.message, 300)}`;
    case 'name':
      return {
        message: explainName(plainText(found.text, 100)),
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    case 'none':
    case 'filter':
      return '';
  }
}
