import type { ScriptWords } from './passedOptions';
import type { ScriptOption, ScriptOptions } from './python/scriptOptions';

/** An option or positional that a script stops without, and that the words do not give it. */
export interface MissingOption {
  readonly option: ScriptOption;
  /** Whose it is: the index into the words' path. */
  readonly depth: number;
}

/** What a script surely stops for want of; empty where anything may be given in a way that is not seen. */
export function missingRequired(words: ScriptWords, script: ScriptOptions): readonly MissingOption[] {
  const { passed, path, plain } = words;
  const isCalled = (path.at(-1)?.set.commands.length ?? 0) === 0;
  if (script.hasOtherSources || !isCalled || !isSure(words) || hasUndeclared(words)) return [];
  // Python Fire takes any parameter by its place, too.
  if (script.framework === 'fire' && plain.length > 0) return [];
  const given = new Set(passed.map(({ match }) => (match.kind === 'declared' ? match.option : undefined)));
  const required = path.flatMap(({ set }, depth) =>
    set.options
      .filter(({ required, isConditional }) => required && !isConditional)
      .filter((option) => script.framework === 'argparse' || !option.default)
      .map((option) => ({ option, depth })),
  );
  const isPlace = ({ option: { kind } }: MissingOption) => kind === 'positional';
  return [
    ...required.filter(isPlace).slice(plain.length),
    ...required.filter((one) => !isPlace(one) && !given.has(one.option)),
  ];
}

/** Whether the words are all that the script gets, and what it declares is all that it takes. */
export function isSure({ path, isOpen }: ScriptWords): boolean {
  return !isOpen && path.every(({ set }) => !set.isDynamic && !set.acceptsUnknown);
}

/** Such a script stops earlier, prints its help, or reads the words otherwise than is thought. */
function hasUndeclared({ passed }: ScriptWords): boolean {
  return passed.some(({ match }) => match.kind !== 'declared');
}
