import * as vscode from 'vscode';
import { causeOf, isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import { connect, retry, showLog, signIn, startServer, type Step } from './steps';
import { withoutLinks } from './text';
import { UserError } from './userError';

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

  private async show(kind: 'error' | 'info', message: string, steps: readonly Step[]): Promise<void> {
    const choice = await this.offer(kind, message, ...steps.map(({ title }) => title));
    const chosen = steps.find(({ title }) => title === choice);
    if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.args ?? []));
  }
}

function nextSteps(error: TrackingError | UserError): readonly Step[] {
  if (error instanceof TrackingError) return stepsByKind[error.kind];
  return error.next ? [error.next] : [];
}

/** What the user can do about each kind of failure. */
const stepsByKind: Readonly<Record<TrackingErrorKind, readonly Step[]>> = {
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
