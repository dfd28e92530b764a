import { homedir } from 'node:os';
import * as vscode from 'vscode';
import {
  type ConnectionTracking,
  hideCredentials,
  readConnectionTracking,
} from '../processes/connectionTracking';
import { findManagersHere } from '../processes/environmentManagers';
import type { FoundPython } from '../processes/findPython';
import type { Program } from '../processes/program';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { choosePython } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import { askOption } from '../ui/inputs';
import type { Report } from '../ui/report';
import { plainText, withoutIcons } from '../ui/text';
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
export async function chooseManager(python: FoundPython): Promise<ManagerName | undefined> {
  const there = findManagersHere(python).filter(({ isThere }) => isThere);
  if (there.length <= 1) return 'local';
  const items = there.map(({ name, reason }) => ({
    label: name === 'local' ? 'Python as it is' : `New environment by ${name}`,
    description: withoutIcons(plainText(reason)),
    value: name,
  }));
  return await askOption('Which environment is the model to run in?', '', items);
}
