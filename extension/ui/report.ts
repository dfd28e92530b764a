import * as vscode from 'vscode';
import { commandLink, type CommandId } from '../manifest';
import { causeOf, isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import { withoutLinks } from './text';
import { UserError } from './userError';

interface Action {
  readonly title: string;
  readonly command: CommandId;
}

const showLog: Action = { title: 'Show Log', command: 'mlflow.log.show' };
const retry: Action = { title: 'Retry', command: 'mlflow.connection.retry' };
const signIn: Action = { title: 'Sign In…', command: 'mlflow.connection.signIn' };
const connect: Action = { title: 'Connect…', command: 'mlflow.connection.connect' };
const startServer: Action = { title: 'Start Local Server…', command: 'mlflow.server.start' };
const allSteps = [retry, signIn, connect, startServer];

/** The only place that shows messages, and the last stop of every error that a command throws. */
export class Report {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Shows the error with its cause and a next step; a cancellation is silent. */
  readonly error = (error: unknown): void => {
    if (isCancellation(error)) return;
    this.log.error(error instanceof Error ? error : String(error));
    if (error instanceof TrackingError || error instanceof UserError) {
      void this.show('error', error.message, [...nextSteps(error), showLog]);
    } else {
      void this.show('error', `MLflow Lens met an error of its own: ${causeOf(error)}`, [showLog]);
    }
  };

  info(message: string): void {
    void this.show('info', message, []);
  }

  /** Asks before something that cannot be taken back; true when the user says so. */
  async confirm(question: string, detail: string, action: string): Promise<boolean> {
    return (await this.ask(question, detail, action)) === action;
  }

  /** Asks what to do before anything else; undefined when the user would rather do nothing. */
  async ask<Choice extends string>(
    question: string,
    detail: string,
    ...choices: readonly Choice[]
  ): Promise<Choice | undefined> {
    return await vscode.window.showWarningMessage(question, { modal: true, detail }, ...choices);
  }

  /** Says something with choices; answers the one that the user takes, undefined for none. */
  async offer<Choice extends string>(
    kind: 'error' | 'info',
    message: string,
    ...choices: readonly Choice[]
  ): Promise<Choice | undefined> {
    const show = kind === 'error' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
    return await show(withoutLinks(message), ...choices);
  }

  private async show(kind: 'error' | 'info', message: string, actions: readonly Action[]): Promise<void> {
    const choice = await this.offer(kind, message, ...actions.map((action) => action.title));
    const chosen = actions.find((action) => action.title === choice);
    if (chosen) await vscode.commands.executeCommand(commandLink(chosen.title, chosen.command).command);
  }
}

function nextSteps(error: TrackingError | UserError): readonly Action[] {
  if (error instanceof TrackingError) return stepsByKind[error.kind];
  return allSteps.filter(({ command }) => command === error.next);
}

/** What the user can do about each kind of failure. */
const stepsByKind: Readonly<Record<TrackingErrorKind, readonly Action[]>> = {
  refused: [retry, connect],
  dns: [connect],
  tls: [connect],
  unreachable: [retry],
  proxy: [retry],
  timeout: [retry],
  unauthorized: [signIn],
  forbidden: [signIn],
  notFound: [],
  rejected: [],
  rateLimited: [retry],
  serverError: [retry],
  redirected: [connect],
  notMlflow: [connect],
  tooOld: [connect],
  malformed: [retry],
  tooLarge: [],
  missing: [retry, connect],
  noAccess: [retry, connect],
  locked: [retry],
  damaged: [connect],
  unsupported: [connect, startServer],
};
