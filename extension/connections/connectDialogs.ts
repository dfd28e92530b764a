import * as vscode from 'vscode';
import { causeOf, isDenied } from '../tracking/errors';
import { toSignal } from '../ui/cancellation';
import type { Report } from '../ui/report';
import { withoutLinks } from '../ui/text';
import type { ConnectDialogs, NextStep } from './connectFlow';
import { nameConnection } from './connection';
import { askCredentials } from './credentialsDialog';
import { askOption, askText, type Option } from '../ui/inputs';
import { isLocal } from './localPath';
import { kindOfTrackingUri, findUriProblem } from './trackingUri';
import { plainLabel, visibleText } from './plainLabel';

/** In characters; the rest of a placeholder is cut off, while a row shows it all when pointed at. */
const longestPlaceholder = 80;

/** The questions of ConnectFlow, asked in VS Code's quick input. */
export function createConnectDialogs(report: Pick<Report, 'confirm'>): ConnectDialogs {
  return {
    enterUri,
    askCredentials,
    askNextStep,
    confirmClearText: (uri) =>
      report.confirm(
        `Send your credentials to ${nameConnection(uri)} unencrypted?`,
        `The address begins with http://, so anyone on the way can read them. With https:// nobody can.`,
        'Send Unencrypted',
      ),
    showProgress,
  };
}

async function enterUri(initial: string): Promise<string | undefined> {
  return await askText({
    title: 'Connect to MLflow',
    prompt:
      'A tracking URI, or the path of an mlflow.db or mlruns. A login in a URI goes to the secret storage.',
    placeholder: 'http://127.0.0.1:5000, sqlite:///mlflow.db, ./mlruns',
    value: initial,
    findProblem: findUriProblem,
  });
}

async function askNextStep(uri: string, error: unknown): Promise<NextStep | undefined> {
  const cause = visibleText(causeOf(error));
  const detail = cause.length > longestPlaceholder ? plainLabel(cause) : undefined;
  const [likeliest, ...others] = listSteps(uri, error);
  return await askOption<NextStep>(`Could not connect to ${visibleText(nameConnection(uri))}`, cause, [
    { ...likeliest, detail },
    ...others,
  ]);
}

/** What may help, likeliest first. */
function listSteps(uri: string, error: unknown): readonly [Option<NextStep>, ...Option<NextStep>[]] {
  const retry: Option<NextStep> = { label: '$(refresh) Retry', value: 'retry' };
  const edit: Option<NextStep> = { label: '$(edit) Edit URI…', value: 'edit' };
  const signIn: Option<NextStep> = { label: '$(key) Sign In…', value: 'signIn' };
  const useAnyway: Option<NextStep> = { label: '$(debug-continue) Use Anyway', value: 'useAnyway' };
  if (isLocal(uri)) return [retry, edit, useAnyway];
  if (kindOfTrackingUri(uri) !== 'server') return [edit, useAnyway];
  const isRefused = isDenied(error);
  return isRefused ? [signIn, retry, edit, useAnyway] : [retry, edit, signIn, useAnyway];
}

async function showProgress<T>(uri: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(`Connecting to ${visibleText(nameConnection(uri))}…`),
      cancellable: true,
    },
    (_, token) => task(toSignal(token)),
  );
}
