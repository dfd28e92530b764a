import type { Editing } from '../editing/editing';
import { Lazy } from './lazy';
import type { WindowEditingOptions } from './openEditing';

/** The one Editing of this window, loaded when something is first changed. */
export function shareEditing(options: WindowEditingOptions): Lazy<Editing> {
  return new Lazy(async () => (await import('./openEditing')).openEditing(options));
}
