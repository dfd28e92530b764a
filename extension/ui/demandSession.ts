import type { Session, Sessions } from '../session';
import { UserError } from './userError';

/**
 * The session of a panel that shows what one connection keeps, connected if need be. Rejects with why there is none, or
 * that another is looked at now; `what` begins that sentence: `This run belongs`.
 */
export async function demandSessionOf(
  sessions: Pick<Sessions, 'state' | 'demand'>,
  connectionUri: string,
  what: string,
): Promise<Session> {
  requireSameConnection(sessions, connectionUri, what);
  const session = await sessions.demand();
  requireSameConnection(sessions, connectionUri, what);
  const { state } = sessions;
  if (state.kind === 'failed') throw state.error as Error;
  if (!session) throw new UserError('There is no connection to MLflow.');
  return session;
}

function requireSameConnection(
  { state }: Pick<Sessions, 'state'>,
  connectionUri: string,
  what: string,
): void {
  if (state.kind === 'none' || state.connection.uri === connectionUri) return;
  throw new UserError(
    `${what} to ${connectionUri}, but MLflow Lens is connected to ${state.connection.uri} now. “MLflow: Connect…” leads back.`,
  );
}

/** The session for a command: connects if need be. Rejects with why there is none. */
export async function demandSession(sessions: Pick<Sessions, 'state' | 'demand'>): Promise<Session> {
  const session = await sessions.demand();
  if (session) return session;
  const { state } = sessions;
  if (state.kind === 'failed') throw state.error as Error;
  throw new UserError('MLflow Lens is not connected. Run “MLflow: Connect…” to choose where to look.');
}
