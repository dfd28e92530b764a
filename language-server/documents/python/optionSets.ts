import type { OptionSet } from './scriptOptions';

/** All that any of them takes. */
export function mergeSets(sets: readonly OptionSet[]): OptionSet {
  return {
    options: [...new Set(sets.flatMap(({ options }) => options))],
    commands: [...new Set(sets.flatMap(({ commands }) => commands))],
    leavingNames: [...new Set(sets.flatMap(({ leavingNames }) => leavingNames))],
    acceptsUnknown: sets.some(({ acceptsUnknown }) => acceptsUnknown),
    isDynamic: sets.some(({ isDynamic }) => isDynamic),
  };
}
