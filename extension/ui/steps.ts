import type { CommandArgs, CommandId } from '../manifest';

/** What the user can do about a failure: a command, and what the button for it says. */
export type Step = {
  readonly [Id in CommandId]: {
    readonly title: string;
    readonly command: Id;
    readonly args?: Readonly<CommandArgs<Id>>;
  };
}[CommandId];

export const retry: Step = { title: 'Retry', command: 'mlflow.connection.retry' };
export const signIn: Step = { title: 'Sign In…', command: 'mlflow.connection.signIn' };
export const connect: Step = { title: 'Connect…', command: 'mlflow.connection.connect' };
export const startServer: Step = { title: 'Start Local Server…', command: 'mlflow.server.start' };
export const serveModel: Step = { title: 'Serve Model Version…', command: 'mlflow.modelVersion.serve' };
export const showDeleted: Step = { title: 'Show Deleted', command: 'mlflow.experiments.showDeleted' };
export const showLog: Step = { title: 'Show Log', command: 'mlflow.log.show' };
