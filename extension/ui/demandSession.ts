import type { Session, Sessions } from '../session';
import { UserError } from './userError';

/** The session for a command: connects if need be. Rejects with why there is none. */
export async function demandSession(sessions: Pick<Sessions, 'state' | 'demand'>): Promise<Session> {
  const session = await sessions.demand();
  if (session) return session;
  const { state } = sessions;
  if (state.kind === 'failed') throw state.error as Error;
  throw new UserError('MLflow Lens is not connected. Run “MLflow: Connect…” to choose where to look.');
}
