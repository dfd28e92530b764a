import type { ScriptWords } from '../../documents/passedOptions';
import type { ScriptOption } from '../../documents/python/scriptOptions';
import { type MissingOption, missingRequired } from '../../documents/requiredOptions';
import { sourceRange } from '../../documents/yamlRead';
import type { FoundScript } from '../namedFiles';
import type { CheckedCommand } from './checkOptionType';
import type { Fault } from './fault';

/** What a script stops without: options that the command does not pass, and those of them that a run alone could give. */
export function checkRequired(
  { entryPoint, command }: CheckedCommand,
  words: ScriptWords,
  { path, script, word }: FoundScript,
  isLast: boolean,
): readonly Fault[] {
  const missing = missingRequired(words, script);
  if (missing.length === 0) return [];
  const declared = new Set(entryPoint.parameters.map(({ name }) => name));
  // What is not declared comes behind the whole command, as `--name value`.
  const isOpen = ({ option, depth }: MissingOption) =>
    isLast && depth === words.path.length - 1 && givenBy(option, declared) !== undefined;
  const [lost, open] = [missing.filter((one) => !isOpen(one)), missing.filter(isOpen)];
  const place = {
    range: sourceRange(command.node, word),
    fix: { fix: 'pass-options', entryPoint: entryPoint.name } as const,
  };
  const given = open.map(({ option }) => `\`-P ${givenBy(option, declared) ?? ''}=…\``).join(', ');
  const stops = `\`${path}\` stops without ${namesOf(lost)}, which the command does not pass.`;
  const asks = `\`${path}\` stops without ${namesOf(open)}: a run must give it what this entry point does not declare, ${given}.`;
  return [
    ...(lost.length > 0 ? [{ ...place, code: 'mlproject.missing-option' as const, message: stops }] : []),
    ...(open.length > 0 ? [{ ...place, code: 'mlproject.option-from-run' as const, message: asks }] : []),
  ];
}

/** The name by which a run would have to give an option that the entry point does not know. */
function givenBy({ kind, names }: ScriptOption, declared: ReadonlySet<string>): string | undefined {
  const long = kind === 'positional' ? [] : names.filter((name) => name.startsWith('--'));
  return long.map((name) => name.slice(2)).find((name) => !declared.has(name));
}

function namesOf(missing: readonly MissingOption[]): string {
  return missing.map(({ option: { names, dest } }) => `\`${longest(names) ?? dest}\``).join(', ');
}

function longest(names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith('--')) ?? names[0];
}
