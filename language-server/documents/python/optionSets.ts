import type { OptionSet } from './scriptOptions';

export const emptySet: OptionSet = {
  options: [],
  commands: [],
  leavingNames: [],
  acceptsUnknown: false,
  isDynamic: false,
};

/** All that any of them takes. */
export function mergeSets(sets: readonly OptionSet[]): OptionSet {
  return {
    options: [...new Set(sets.flatMap(({ options }) => options))],
    commands: [...new Set(sets.flatMap(({ commands }) => commands))],
    leavingNames: [...new Set(sets.flatMap(({ leavingNames }) => leavingNames))],
    acceptsUnknown: sets.some(({ acceptsUnknown }) => acceptsUnknown),
    isDynamic: sets.some(({ isDynamic }) => isDynamic),
    ...(sets.some(({ isChained }) => isChained) && { isChained: true }),
  };
}
