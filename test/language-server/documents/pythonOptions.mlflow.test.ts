import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  OptionSet,
  PlainValue,
  ScriptOption,
} from '../../../language-server/documents/python/scriptOptions';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';
import { projectRoot } from '../../support/cache';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';

/** A parser as declaredOptions.py tells of it. */
interface RealSet {
  readonly options: readonly RealOption[];
  readonly leaving: readonly string[];
  readonly commands: readonly (RealSet & { readonly names: readonly string[] })[];
}

interface RealOption {
  readonly names: readonly string[];
  readonly dest: string;
  readonly kind: string;
  readonly type: string;
  readonly default: PlainValue | Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly multiple: boolean;
  readonly choices: PlainValue;
  readonly help: string | null;
}

const folder = join(projectRoot(), 'test/language-server/documents');
const scripts = readdirSync(join(folder, 'scripts')).filter((name) => name.endsWith('.py'));
/** Those whose parser gets options in ways that reading cannot follow to the end. */
const dynamic = new Set(['argparse_subclass.py']);

describe('The options read from a Python script', function () {
  this.timeout(300_000);
  let real: Readonly<Record<string, RealSet | null>>;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    const paths = scripts.map((name) => join(folder, 'scripts', name));
    real = JSON.parse(await runToEnd(python, [join(folder, 'declaredOptions.py'), ...paths])) as typeof real;
  });

  it('are many scripts’', () => {
    ok(scripts.length >= 25);
  });

  for (const name of scripts) {
    it(`are those that its parser really takes: ${name}`, () => {
      const read = readPythonOptions(readFileSync(join(folder, 'scripts', name), 'utf8'));
      const expected = real[name];
      ok(expected, 'the script never came to its parser');
      deepEqual(readSet(read, sortOptions(expected)), sortOptions(expected));
      equal(read.isDynamic, dynamic.has(name));
    });
  }
});

/** Ours come in the order of the text, a parser's in that of its calls; only for positionals does it matter. */
function sortOptions(set: RealSet): RealSet {
  return {
    ...set,
    options: inFixedOrder(set.options),
    commands: set.commands.map((command) => ({ ...command, ...sortOptions(command) })),
  };
}

function inFixedOrder<Option extends { readonly kind: string; readonly dest: string }>(
  options: readonly Option[],
): Option[] {
  const [positional, named] = [true, false].map((wanted) =>
    options.filter(({ kind }) => (kind === 'positional') === wanted),
  );
  return [...(positional ?? []), ...(named ?? []).sort((a, b) => a.dest.localeCompare(b.dest))];
}

/** What we read, in the oracle's form. A command may be called by any of the names that we think of. */
function readSet(set: OptionSet, real: RealSet): RealSet {
  return {
    options: inFixedOrder(set.options).map((option, index) => readOption(option, real.options[index])),
    leaving: [...set.leavingNames].sort(),
    commands: set.commands.map((command, index) => {
      const names = real.commands[index]?.names ?? [];
      const isFound = names.every((one) => command.names.includes(one));
      return { names: isFound ? names : command.names, ...readSet(command, real.commands[index] ?? real) };
    }),
  };
}

/** A default that only running tells is taken as it is; a flag that nothing switches is off either way. */
function readOption(option: ScriptOption, real: RealOption | undefined): RealOption {
  const { value } = option.default ?? { value: null };
  const isSame = value === undefined || (value === false && real?.default === null && option.kind === 'flag');
  return {
    names: [...option.names].sort(),
    dest: option.dest,
    kind: option.kind,
    type: option.type,
    default: isSame ? (real?.default ?? null) : value,
    required: option.required,
    multiple: option.multiple,
    choices: option.choices ?? null,
    help: option.help ?? null,
  };
}
