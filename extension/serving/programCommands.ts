import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import {
  type ConnectionTracking,
  hideCredentials,
  readConnectionTracking,
} from '../processes/connectionTracking';
import { findEnvironmentManagers } from '../processes/environmentManagers';
import { NoPythonError, type FoundPython } from '../processes/findPython';
import type { Program } from '../processes/program';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { toSignal } from '../ui/cancellation';
import { choosePython, openPythonSetting } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import { askOption } from '../ui/inputs';
import type { Report } from '../ui/report';
import { plainText, withoutIcons, withoutLinks } from '../ui/text';
import { UserError } from '../ui/userError';
import { composeModelProgram, type ManagerName } from './modelProgram';

/** What every command here works with. */
export interface ProgramContext {
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
}

/** MLflow's programs beside the store of the connection. */
export interface ModelPrograms {
  readonly python: FoundPython;
  /** Where they run. */
  readonly folder: string;
  readonly compose: (args: readonly string[]) => Program;
  readonly hideSecrets: (text: string) => string;
}

/** Where programs tell what they do. */
export type LineLog = Pick<vscode.LogOutputChannel, 'info' | 'error' | 'show'>;

const whyTrust = 'Loading a model runs its code, so the workspace must be trusted first.';

export function demandTrustForModels({ report }: ProgramContext): Promise<boolean> {
  return demandTrust(report, whyTrust);
}

/** The Python with MLflow and what its programs are told. Rejects as findPython does. */
export async function preparePrograms(
  { sessions, settings }: ProgramContext,
  log: LineLog,
  signal: AbortSignal,
): Promise<ModelPrograms> {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const folder = uri?.fsPath ?? homedir();
  const note = (line: string): void => {
    log.info(line);
  };
  const python = await choosePython({ setting: settings().python.path, folder: uri, log: note }, signal);
  const tracking = await readTracking(sessions, note);
  const options = { python: python.python, environment: process.env, tracking, folder };
  return {
    ...{ python, folder, hideSecrets: hideCredentials(tracking ?? {}) },
    compose: (args) => composeModelProgram(options, args),
  };
}

async function readTracking(
  { state }: Sessions,
  note: (line: string) => void,
): Promise<ConnectionTracking['variables'] | undefined> {
  if (state.kind === 'none') return undefined;
  const { variables, losses } = await readConnectionTracking(state.connection);
  losses.forEach(note);
  return variables;
}

/**
 * Which environment the model is to run in, of those that can be made here; undefined when the user turns away. Nobody is
 * asked where there is only the local one.
 */
export async function chooseManager({ python }: FoundPython): Promise<ManagerName | undefined> {
  const sources = { python, environment: process.env, platform: process.platform, exists: existsSync };
  const there = findEnvironmentManagers(sources).filter(({ isThere }) => isThere);
  if (there.length <= 1) return 'local';
  const items = there.map(({ name, reason }) => ({
    label: name === 'local' ? 'Python as it is' : `New environment by ${name}`,
    description: withoutIcons(plainText(reason)),
    value: name,
  }));
  return await askOption('Which environment is the model to run in?', '', items);
}

/** Shows progress that can be cancelled; `advance` tells what is under way. */
export function withCancel<T>(
  title: string,
  task: (signal: AbortSignal, advance: (line: string) => void) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: withoutLinks(title), cancellable: true },
    (progress, token) =>
      task(toSignal(token), (line) => {
        progress.report({ message: withoutLinks(plainText(line, 80)) });
      }),
  );
}

/** What the user can mend is told with the way to mend it; everything else goes to where all errors go. */
export async function explainFailure(
  { report }: ProgramContext,
  log: LineLog,
  error: unknown,
): Promise<void> {
  if (!(error instanceof UserError)) throw error;
  log.error(error.message);
  const mend = error instanceof NoPythonError ? ['Open Settings'] : [];
  const choice = await report.offer('error', error.message, ...mend, 'Show Log');
  if (choice === 'Show Log') log.show();
  if (choice === 'Open Settings') await openPythonSetting();
}
