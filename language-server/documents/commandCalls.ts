import { pieceOf, type ShellToken, type ShellWord, splitShellWords, type WordPiece } from './shellWords';

/** What one simple command of an entry point's command line runs. Words are those after the program's own. */
export type CommandCall =
  | {
      readonly kind: 'script';
      readonly language: 'python' | 'shell' | 'r';
      readonly path: ShellWord;
      readonly words: readonly ShellWord[];
      readonly directory: string | undefined;
    }
  | {
      readonly kind: 'module';
      readonly name: ShellWord;
      readonly words: readonly ShellWord[];
      readonly directory: string | undefined;
    }
  | ProjectCall
  /** `cd path`; `directory` is where it leads from. */
  | { readonly kind: 'folder'; readonly path: ShellWord; readonly directory: string | undefined }
  | {
      readonly kind: 'other';
      readonly program: ShellWord;
      readonly words: readonly ShellWord[];
      readonly directory: string | undefined;
    };

/** `mlflow run URI -e NAME -P name=value` */
export interface ProjectCall {
  readonly kind: 'project';
  readonly uri: ShellWord | undefined;
  /** Absent: `main`. */
  readonly entryPoint: WordPiece | undefined;
  readonly parameters: readonly { readonly name: WordPiece; readonly value: WordPiece }[];
  readonly directory: string | undefined;
}

/**
 * What a command runs, in order. `directory` is where, relative to the project's folder: '' for the folder itself, what `cd` says
 * after that, undefined where that is not known.
 */
export function readCommandCalls(command: string): CommandCall[] {
  const calls: CommandCall[] = [];
  const outer: (string | undefined)[] = [];
  let directory: string | undefined = '';
  for (const part of splitCommands(splitShellWords(command))) {
    if (part === '(') outer.push(directory);
    else if (part === ')') directory = outer.pop();
    else {
      const words = withoutPrefixes(part);
      const [program, path] = words;
      if (program?.text === 'cd') {
        if (path) calls.push({ kind: 'folder', path, directory });
        directory = changeDirectory(directory, path);
      } else calls.push(...callOf(words, directory));
    }
  }
  return calls;
}

/** Lists of words, and parentheses between them. */
function splitCommands(tokens: readonly ShellToken[]): (readonly ShellWord[] | '(' | ')')[] {
  const parts: (ShellWord[] | '(' | ')')[] = [];
  let words: ShellWord[] = [];
  const close = () => {
    if (words.length > 0) parts.push(words);
    words = [];
  };
  for (const token of tokens) {
    if (token.kind === 'word') words.push(token);
    if (token.kind !== 'operator') continue;
    close();
    if (token.text === '(' || token.text === ')') parts.push(token.text);
  }
  close();
  return parts;
}

/** Where `cd` leads to, as `directory` of a call says it. */
export function changeDirectory(from: string | undefined, to: ShellWord | undefined): string | undefined {
  const isKnown = to?.isLiteral === true && to.placeholders.length === 0 && to.text !== '-';
  if (!isKnown) return undefined;
  if (to.text.startsWith('/')) return to.text;
  return from === undefined ? undefined : [from, to.text].filter((one) => one !== '').join('/');
}

const reserved = /^(if|then|elif|else|do|while|until|!|time|\{|exec|nohup|command|env|sudo|eval)$/;
const assignment = /^[A-Za-z_]\w*=/;

/** Without reserved words, `A=b` and programs that only run the rest. */
function withoutPrefixes(words: readonly ShellWord[]): readonly ShellWord[] {
  let at = 0;
  for (let word = words[at]; word; word = words[++at]) {
    const isPrefix = reserved.test(word.text) || (assignment.test(word.text) && !/^['"]/.test(word.text));
    if (!isPrefix) break;
  }
  return words.slice(at);
}

const runners =
  /^(poetry|pipenv|uv|pdm|hatch|rye|conda|mamba|micromamba|nice|timeout|stdbuf|xvfb-run|mpirun|mpiexec|horovodrun|srun|ddtrace-run|opentelemetry-instrument|coverage|kernprof|ray|numactl|parallel|xargs)$/;
const launchers = /^(torchrun|accelerate|deepspeed|spark-submit|composer|colossalai|bodo|streamlit)$/;
const launcherModules =
  /^(torch\.distributed\.(run|launch)|accelerate\.commands\.launch|coverage|cProfile|pdb|kernprof|memory_profiler)$/;

function callOf(words: readonly ShellWord[], directory: string | undefined): CommandCall[] {
  const [program, ...rest] = words;
  if (!program) return [];
  const name = program.text.split('/').at(-1) ?? '';
  if (isPython(name)) return pythonCall(program, rest, directory);
  if (name === 'mlflow') return [mlflowCall(program, rest, directory)];
  if (/^(ba|z|da|k)?sh$/.test(name)) return [interpreted('shell', program, rest, directory)];
  if (name === 'Rscript') return [interpreted('r', program, rest, directory)];
  if (/\.(py|sh)$/.test(name)) return [scriptCall(languageOf(name), program, rest, directory)];
  if (launchers.test(name)) return [launched(program, rest, directory)];
  if (runners.test(name)) {
    const at = rest.findIndex(
      ({ text }) =>
        isPython(text.split('/').at(-1) ?? '') ||
        launchers.test(text) ||
        /\.(py|sh)$/.test(text) ||
        text === 'mlflow',
    );
    if (at >= 0) return callOf(rest.slice(at), directory);
  }
  return [{ kind: 'other', program, words: rest, directory }];
}

function isPython(name: string): boolean {
  return /^(python|pypy|pythonw)[\d.]*(\.exe)?$/.test(name);
}

function languageOf(name: string): 'python' | 'shell' {
  return name.endsWith('.py') ? 'python' : 'shell';
}

function scriptCall(
  language: 'python' | 'shell' | 'r',
  path: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall {
  return { kind: 'script', language, path, words, directory };
}

function pythonCall(
  program: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall[] {
  const other: CommandCall = { kind: 'other', program, words, directory };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    if (!word.text.startsWith('-')) return [scriptCall('python', word, words.slice(at + 1), directory)];
    if (/^-[A-Za-z]*c$/.test(word.text) || word.text === '-') return [other];
    const name = words[at + 1];
    if (/^-[A-Za-z]*m$/.test(word.text) && name)
      return moduleCall(program, name, words.slice(at + 2), directory);
    if (/^(-[WX]|--check-hash-based-pycs)$/.test(word.text)) at++;
  }
  return [other];
}

function moduleCall(
  program: ShellWord,
  name: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall[] {
  if (name.text === 'mlflow' || name.text === 'mlflow.cli') return [mlflowCall(program, words, directory)];
  if (launcherModules.test(name.text)) return [launched(name, words, directory)];
  return [{ kind: 'module', name, words, directory }];
}

/** `bash -e run.sh`; with `-c` it is no script. */
function interpreted(
  language: 'shell' | 'r',
  program: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall {
  const at = words.findIndex(({ text }) => !/^[-+]/.test(text));
  const path = words[at];
  const runsText = words
    .slice(0, Math.max(at, 0))
    .some(({ text }) => /^-[a-z]*[ce]$/.test(text) && (language === 'r' || text.endsWith('c')));
  return path && !runsText
    ? scriptCall(language, path, words.slice(at + 1), directory)
    : { kind: 'other', program, words, directory };
}

/** The launcher's own options may take values: its script is the first word that looks like one. */
function launched(
  program: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall {
  const at = words.findIndex(
    ({ text }, index) => text.endsWith('.py') && !words[index - 1]?.text.startsWith('--config'),
  );
  const moduleAt = words.findIndex(({ text }) => text === '-m' || text === '--module');
  const path = words[at];
  const name = words[moduleAt + 1];
  if (moduleAt >= 0 && name && (at < 0 || moduleAt < at))
    return { kind: 'module', name, words: words.slice(moduleAt + 2), directory };
  return path
    ? scriptCall('python', path, words.slice(at + 1), directory)
    : { kind: 'other', program, words, directory };
}

/** Options of `mlflow run` that stand alone; all others take a value. */
const projectFlags = /^--(build-image|skip-image-build|help)$/;

function mlflowCall(
  program: ShellWord,
  words: readonly ShellWord[],
  directory: string | undefined,
): CommandCall {
  const at = words.findIndex(
    ({ text }, index) => !text.startsWith('-') && words[index - 1]?.text !== '--env-file',
  );
  if (words[at]?.text !== 'run') return { kind: 'other', program, words, directory };
  let uri: ShellWord | undefined;
  let entryPoint: WordPiece | undefined;
  const parameters: ProjectCall['parameters'][number][] = [];
  const rest = words.slice(at + 1);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    if (!word?.text.startsWith('-')) uri ??= word;
    else if (!projectFlags.test(word.text)) {
      const { name, from } = splitOption(word);
      const holder = from === undefined ? rest[++index] : word;
      if (holder && /^(-e|--entry-point)$/.test(name)) entryPoint = pieceOf(holder, from);
      if (holder && /^(-P|--param-list)$/.test(name)) parameters.push(...parameterOf(holder, from));
    }
  }
  return { kind: 'project', uri, entryPoint, parameters, directory };
}

/** Where the value begins in `--name=value` and `-Pvalue`; otherwise it is the next word. */
function splitOption({ text }: ShellWord): { readonly name: string; readonly from?: number } {
  const length = text.startsWith('--') ? text.indexOf('=') : text.length > 2 ? 2 : -1;
  if (length < 0) return { name: text };
  return { name: text.slice(0, length), from: text.startsWith('--') ? length + 1 : length };
}

function parameterOf(word: ShellWord, from = 0): ProjectCall['parameters'][number][] {
  const at = word.text.indexOf('=', from);
  return at < 0 ? [] : [{ name: pieceOf(word, from, at), value: pieceOf(word, at + 1) }];
}
