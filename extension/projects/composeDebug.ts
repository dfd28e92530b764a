import { readCommandCalls } from '../../language-server/documents/commandCalls';
import { type ShellWord, splitShellWords } from '../../language-server/documents/shellWords';
import { UserError } from '../ui/userError';
import type { Program } from '../processes/program';
import type { Launch } from './launch';
import type { ProjectFile } from './projectFile';

/** A configuration of the Python debugger, `debugpy`. */
export interface DebugConfiguration {
  readonly type: 'debugpy';
  readonly request: 'launch';
  readonly name: string;
  readonly program?: string;
  readonly module?: string;
  /** Flags of Python's own. */
  readonly pythonArgs: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly python: string;
  /** Not a terminal: VS Code would put the arguments through its shell. */
  readonly console: 'internalConsole';
  readonly justMyCode: boolean;
}

/**
 * What debugs an entry point whose command is one `python script …` or `python -m module …`. `run` is the `mlflow run` of the same
 * launch: its folder and environment. Throws a UserError for any other command.
 */
export function composeDebug(
  launch: Launch,
  file: ProjectFile,
  run: Program,
  name: string,
): DebugConfiguration {
  const all = resolveWords(launch, file);
  const flags = all.findIndex((word) => !ownFlag.test(word));
  const words = all.slice(flags);
  const [first = '', second = '', ...rest] = words;
  if (flags < 0 || (first.startsWith('-') && first !== '-m')) throw notPython(launch.entryPoint);
  const target = first === '-m' ? { module: second } : { program: first };
  const configuration: DebugConfiguration = {
    ...{ type: 'debugpy', request: 'launch', name, ...target },
    pythonArgs: all.slice(0, flags),
    args: first === '-m' ? rest : words.slice(1),
    cwd: run.cwd,
    env: { ...changedVariables(run.env), ...experimentVariables(launch) },
    python: run.program,
    ...{ console: 'internalConsole', justMyCode: true },
  };
  if (JSON.stringify([target, configuration.args, run.cwd]).includes('${'))
    throw new UserError('A value holds “${”, which VS Code’s debugger would read as a variable.');
  return configuration;
}

/** A flag of Python's that takes no value: `-u`. */
const ownFlag = /^-[bBdEIOPqsSuv]+$/;

/** The words behind `python`, with the values in their places. */
function resolveWords({ entryPoint, parameters }: Launch, file: ProjectFile): readonly string[] {
  const declared = file.entryPoints.find((one) => one.name === entryPoint);
  const own = declared?.parameters ?? [];
  const valueOf = (name: string) =>
    parameters.get(name) ?? own.find((one) => one.name === name)?.default ?? '';
  const extra = [...parameters].filter(([key]) => !own.some((one) => one.name === key));
  const options = extra.flatMap(([key, value]) => [`--${key}`, value]);
  if (!declared) {
    if (entryPoint.endsWith('.py')) return [entryPoint, ...options];
    throw notPython(entryPoint);
  }
  const command = declared.command?.text ?? '';
  const tokens = splitShellWords(command).filter(({ kind }) => kind !== 'comment');
  const words = tokens.filter((token): token is ShellWord => token.kind === 'word');
  const [call, another] = readCommandCalls(command);
  const isPython = (call?.kind === 'script' && call.language === 'python') || call?.kind === 'module';
  const isSimple =
    words.length === tokens.length &&
    words.every(({ isLiteral }) => isLiteral) &&
    /^(\S*\/)?python[\d.]*$/.test(words[0]?.text ?? '');
  if (!isPython || another || !isSimple) throw notPython(entryPoint);
  return [...words.slice(1).map((word) => fillIn(word, valueOf)), ...options];
}

/** A word of the command as Python's format and the shell would make it: its placeholders stand in it as they are written. */
function fillIn(word: ShellWord, valueOf: (name: string) => string): string {
  return word.placeholders.length === 0
    ? word.text
    : word.text.replace(/\{([^{}:!.[]*)[^{}]*\}/g, (_, name: string) => valueOf(name));
}

function notPython(entryPoint: string): UserError {
  return new UserError(
    `The debugger can only start an entry point whose command is “python script …”, which that of ${entryPoint} is not.`,
  );
}

/** What differs from our own environment, which the debugger starts from. */
function changedVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const changed = Object.entries(env).filter(
    ([name, value]) => value !== undefined && process.env[name] !== value,
  );
  return Object.fromEntries(changed) as Record<string, string>;
}

function experimentVariables({ experiment }: Launch): Record<string, string> {
  if (experiment === undefined) return {};
  return experiment.kind === 'id'
    ? { MLFLOW_EXPERIMENT_ID: experiment.id }
    : { MLFLOW_EXPERIMENT_NAME: experiment.name };
}
