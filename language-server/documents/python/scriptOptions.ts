import type { TextRange } from '../textRange';

export type Framework =
  'argparse' | 'click' | 'typer' | 'fire' | 'tyro' | 'dataclass' | 'absl' | 'argv' | 'none';

export type OptionType = 'int' | 'float' | 'string' | 'bool' | 'path' | 'choice' | 'unknown';

/** A Python constant as data: None is null, tuples and sets are lists. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[];

export interface DefaultValue {
  /** As the script writes it. */
  readonly text: string;
  /** Absent where only running the script would tell. */
  readonly value?: PlainValue;
}

export interface ScriptOption {
  /** What is written on a command line, `--lr` or `-l`; the bare name of a positional. */
  readonly names: readonly string[];
  /** The name under which the script finds the value. */
  readonly dest: string;
  /** A flag takes no value. */
  readonly kind: 'option' | 'flag' | 'positional';
  /** Of one value; `choice` is a string out of `choices`. */
  readonly type: OptionType;
  readonly default?: DefaultValue;
  /** Absent where they are not written out. */
  readonly choices?: readonly PlainValue[];
  readonly required: boolean;
  /** Of a required one: it is declared under some condition only, and so may not be asked for. */
  readonly isConditional?: true;
  /** Takes several values, or may be given several times. */
  readonly multiple: boolean;
  readonly help?: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
}

/** What one command, or the script itself, takes. */
export interface OptionSet {
  readonly options: readonly ScriptOption[];
  readonly commands: readonly ScriptCommand[];
  /** Names that print something and leave: `--help`, `--version`. */
  readonly leavingNames: readonly string[];
  /** Words that no option declares do no harm: parse_known_args, `**kwargs`, REMAINDER, ignore_unknown_options. */
  readonly acceptsUnknown: boolean;
  /** There may be options, or properties of them, that reading this one text cannot tell. */
  readonly isDynamic: boolean;
  /** Several of its commands may be called, one behind the other. */
  readonly isChained?: true;
}

export interface ScriptCommand extends OptionSet {
  /** By which it may be called; versions of a framework differ in the names that they make. */
  readonly names: readonly string[];
  readonly range: TextRange;
}

export interface ScriptOptions extends OptionSet {
  readonly framework: Framework;
  /** argparse also takes any beginning of a long name that fits one option only. */
  readonly acceptsPrefixes: boolean;
  /** What is required may be given by something else than words: the environment, a file of defaults, a prompt. */
  readonly hasOtherSources?: true;
}

/** How a script's words are looked at that declares nothing, or cannot be read. */
export const unreadable: ScriptOptions = {
  framework: 'none',
  options: [],
  commands: [],
  leavingNames: [],
  acceptsUnknown: false,
  isDynamic: true,
  acceptsPrefixes: false,
};
