import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import { UserError } from '../ui/userError';

const emptyTasks = '{\n  "version": "2.0.0",\n  "tasks": []\n}\n';

/** The text of a tasks.json with one more task; all else, comments too, stays as it is. Throws a UserError for what is no tasks.json. */
export function addTask(text: string, task: object): string {
  const before = text.trim() === '' ? emptyTasks : text;
  const errors: ParseError[] = [];
  const root: unknown = parse(before, errors, { allowTrailingComma: true });
  const tasks = typeof root === 'object' && root !== null && 'tasks' in root ? root.tasks : [];
  if (
    errors.length > 0 ||
    typeof root !== 'object' ||
    root === null ||
    Array.isArray(root) ||
    !Array.isArray(tasks)
  ) {
    throw new UserError('.vscode/tasks.json cannot be read: mend it first.');
  }
  const isNew = tasks.length === 0;
  const indent = /^[ \t]+/m.exec(before)?.[0] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.length,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(before, isNew ? ['tasks'] : ['tasks', tasks.length], isNew ? [task] : task, {
    formattingOptions,
    isArrayInsertion: !isNew,
  });
  return applyEdits(before, edits);
}
