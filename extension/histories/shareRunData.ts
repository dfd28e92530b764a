import type { Memento } from '../catalog/memento';
import type { Sessions } from '../session';
import { Lazy } from '../ui/lazy';
import type { SharedRunData } from './sharedRunData';

/** What all panels that show runs share, read from its bundle when the first of them asks. */
export function shareRunData(
  sessions: Pick<Sessions, 'state' | 'onDidChange'>,
  state: Memento,
): Lazy<SharedRunData> {
  return new Lazy(async () => {
    const { SharedRunData } = await import('./sharedRunData');
    return new SharedRunData(sessions, state);
  });
}
