import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { OptionSet } from '../../../language-server/documents/python/scriptOptions';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';
import { projectRoot } from '../../support/cache';
import { testSeed } from '../../support/testSeed';

const folder = join(projectRoot(), 'test/language-server/documents/scripts');
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** Each option in a line: names, type, default. */
function shown(source: string): string[] {
  return readPythonOptions(source).options.map(({ names, type, default: value, required }) =>
    [names.join('/'), type, value?.text ?? (required ? 'required' : 'optional')].join(' '),
  );
}

const plain = 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--a")\n';

describe('The options of a Python script', () => {
  it('are read of typer', () => {
    const source =
      'import typer\napp = typer.Typer()\n@app.command()\ndef f(data: str, lr: float = 0.1, n=5, on: bool = False, z: int = typer.Option(..., "--zz")): pass\napp()';
    deepEqual(shown(source), [
      'data string required',
      '--lr float 0.1',
      '--n int 5',
      '--on/--no-on bool False',
      '--zz int required',
    ]);
  });

  const settings = `context_settings={"help_option_names": ["-h"], "ignore_unknown_options": True}`;
  const helped = {
    click: `import click\n@click.command(${settings})\ndef f(): pass\nf()`,
    typer: `import typer\napp = typer.Typer()\n@app.command(${settings})\ndef f(): pass\napp()`,
  };
  for (const [framework, source] of Object.entries(helped)) {
    it(`say which settings their command has, alike in click and typer: ${framework}`, () => {
      const read = readPythonOptions(source);
      deepEqual(
        [
          read.framework,
          read.acceptsUnknown,
          read.leavingNames.filter((name) => !name.includes('completion')),
        ],
        [framework, true, ['-h']],
      );
    });
  }

  it('are read of each command of a typer app', () => {
    const source =
      'import typer\napp = typer.Typer()\n@app.command()\ndef fit(lr: float = 0.1): pass\n@app.command("list-all")\ndef show(n: int): pass\nmodels = typer.Typer()\napp.add_typer(models, name="models")\n@models.command()\ndef drop(name: str): pass\napp()';
    const named = (set: OptionSet): string[] =>
      set.commands.flatMap((command) => [
        `${command.names.join('/')}: ${command.options.map(({ names }) => names[0]).join(' ')}`,
        ...named(command),
      ]);
    deepEqual(named(readPythonOptions(source)), ['fit: --lr', 'list-all: n', 'models: ', 'drop: name']);
  });

  it('may get their values from elsewhere than the words', () => {
    const click = (more: string) =>
      `import click\n@click.command()\n@click.option("--a", required=True${more})\ndef f(a): pass\nf()`;
    equal(readPythonOptions(click('')).hasOtherSources, undefined);
    ok(readPythonOptions(click(', envvar="A"')).hasOtherSources);
    ok(readPythonOptions(click(', prompt=True')).hasOtherSources);
    ok(readPythonOptions(click('').replace('f()', 'f(auto_envvar_prefix="X")')).hasOtherSources);
  });

  it('say which of the required ones may not be asked for', () => {
    const source = `import argparse
def more(p):
  p.add_argument("--by-function", required=True)
def unasked(p):
  p.add_argument("--by-condition", required=True)
if __name__ == "__main__":
  p = argparse.ArgumentParser()
  p.add_argument("--always", required=True)
  more(p)
  try:
    p.add_argument("--tried", required=True)
  except ValueError:
    p.add_argument("--failed", required=True)
  if debug:
    p.add_argument("--debug", required=True)
    unasked(p)
  p.parse_args()`;
    const { options } = readPythonOptions(source);
    deepEqual(
      options.map(({ dest, isConditional }) => [dest, isConditional ?? false]),
      [
        ['by_function', false],
        ['by_condition', true],
        ['always', false],
        ['tried', false],
        ['failed', true],
        ['debug', true],
      ],
    );
  });

  it('are read of Python Fire', () => {
    const source = 'import fire\ndef f(lr: float, n_max=10, **rest): pass\nfire.Fire(f)';
    deepEqual(shown(source), ['--lr float required', '--n_max/--n-max int 10']);
    ok(readPythonOptions(source).acceptsUnknown);
  });

  it('are read of tyro', () => {
    deepEqual(shown('import tyro\ndef f(lr: float = 0.1, on: bool = False): pass\ntyro.cli(f)'), [
      '--lr float 0.1',
      '--on/--no-on bool False',
    ]);
  });

  it('are read of absl', () => {
    const source =
      'from absl import flags\nflags.DEFINE_integer("n", 3, "x", short_name="k")\nflags.DEFINE_bool("on", False, "y")';
    deepEqual(shown(source), ['--n/-k int 3', '--on/--noon bool False']);
  });

  it('are read of dataclasses', () => {
    const source =
      'from transformers import HfArgumentParser\nclass A:\n  lr: float = 0.1\n  name: str = field(default="x", metadata={"help": "h"})\n  n: int\nargs = HfArgumentParser(A).parse_args_into_dataclasses()';
    deepEqual(shown(source), ['--lr float 0.1', '--name string "x"', '--n int required']);
  });

  it('are read of sys.argv, as MLflow’s own examples do it', () => {
    const source = 'import sys\nalpha = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5\nmode = sys.argv[2]';
    deepEqual(shown(source), ['alpha float 0.5', 'mode string required']);
  });

  it('say where they are declared', () => {
    const source = `${plain}p.parse_args()`;
    const [option] = readPythonOptions(source).options;
    equal(source.slice(option?.range.start, option?.range.end), 'p.add_argument("--a")');
    equal(source.slice(option?.nameRange.start, option?.nameRange.end), '"--a"');
  });

  const dynamic: Readonly<Record<string, string>> = {
    'names made in a loop': `${plain}for x in names:\n  p.add_argument("--" + x)\np.parse_args()`,
    'a parser handed to another module': `from m import add\n${plain}add(p)\np.parse_args()`,
    'parents of another module':
      'import argparse\nfrom m import base\np = argparse.ArgumentParser(parents=[base])\np.parse_args()',
    'options in a file':
      'import argparse\np = argparse.ArgumentParser(fromfile_prefix_chars="@")\np.parse_args()',
    'a parser that another module uses': plain,
    'another parser class': 'from m import MyArgumentParser\np = MyArgumentParser()\np.parse_args()',
    'add_argument under another name': `${plain}add = p.add_argument\nadd("--b")\np.parse_args()`,
    'a decorator of another module':
      'import click\nfrom m import more\n@click.command()\n@more\ndef f(): pass\nf()',
    'a look at sys.argv': `import sys\n${plain}p.parse_args()\nif "--x" in sys.argv: pass`,
    'Python that is none': `${plain}p.parse_args()\ndef (`,
    'another framework': 'import hydra\n@hydra.main()\ndef f(c): pass\nf()',
    'no text': '',
  };
  for (const [what, source] of Object.entries(dynamic)) {
    it(`are said to be dynamic: ${what}`, () => {
      ok(readPythonOptions(source).isDynamic);
    });
  }

  it('are not looked for in what is too long or too deeply nested', () => {
    const hostile = [
      'x = 1\n'.repeat(200_000),
      `x = ${'('.repeat(50_000)}`,
      'f()\n'.repeat(20_000),
      'if a:\n '.repeat(9_000),
    ];
    for (const source of hostile) equal(readPythonOptions(source).framework, 'none');
  });

  it(`are read without an error of any text that a script becomes while it is edited (seed ${testSeed})`, () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 30 }),
      put: fc.constantFrom('', '(', ')', '"', "'", '\n', '=', '*', ',', ':', '@', '  ', '{', 'p', 'lambda '),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...scripts),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (script, edits, isCut) => {
          let source = script;
          for (const { at, cut, put } of edits) {
            const place = at % (source.length + 1);
            source = source.slice(0, place) + put + (isCut ? '' : source.slice(place + cut));
          }
          for (const { range } of readPythonOptions(source).options)
            ok(range.start < range.end && range.end <= source.length);
        },
      ),
      { seed: testSeed, numRuns: 1_500 },
    );
  }).timeout(60_000);
});
