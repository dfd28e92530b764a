import { deepEqual } from 'node:assert/strict';
import { readCommandCalls } from '../../../language-server/documents/commandCalls';
import { readPassedOptions } from '../../../language-server/documents/passedOptions';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';

const argparse = `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--learning-rate", "-l", type=float)
p.add_argument("--layers", type=int)
p.add_argument("-v", action="store_true")
p.add_argument("data")
p.parse_args()`;
const click = `
import click
@click.group()
def cli(): pass
@cli.command()
@click.option("--lr")
@click.option("--on/--off")
def train(lr, on): pass
cli()`;
const subparsers = `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--seed")
commands = p.add_subparsers()
fit = commands.add_parser("fit")
fit.add_argument("--lr")
show = commands.add_parser("show")
show.add_argument("--n")
p.parse_args()`;
const chained = click
  .replace('group()', 'group(chain=True)')
  .replace('\ncli()', '\n@cli.command()\n@click.option("--n")\ndef test(n): pass\ncli()');
const fire = `
import fire
def train(learning_rate, flag=False): print(1)
fire.Fire(train)`;

/** Each option with its value and what is said of it. */
function said(source: string, words: string): string[] {
  const call = readCommandCalls(`python x.py ${words}`)[0];
  const passed = readPassedOptions(call && 'words' in call ? call.words : [], readPythonOptions(source));
  return passed.map(({ name, value, match }) =>
    [
      name.text,
      ...(value ? [value.text] : []),
      match.kind === 'declared' ? match.option.dest : match.kind,
    ].join(' '),
  );
}

describe('The options that a command passes to a script', () => {
  const cases: readonly (readonly [source: string, words: string, said: readonly string[]])[] = [
    [
      argparse,
      '{data} --learning-rate {lr} --layers={n}',
      ['--learning-rate {lr} learning_rate', '--layers {n} layers'],
    ],
    [argparse, '-l -1e-3 -l5 -v', ['-l -1e-3 learning_rate', '-l 5 learning_rate', '-v v']],
    [argparse, '--learning 1', ['--learning 1 learning_rate']],
    [argparse, '--l 1', ['--l 1 unsure']],
    [argparse, '--lr 1 --help', ['--lr 1 undeclared', '--help leaving']],
    [argparse, '$ARGS {options} --{name} 1 -- --x', []],
    [argparse.replace('parse_args', 'parse_known_args'), '--lr 1', ['--lr 1 unsure']],
    [`from x import add\n${argparse}\nadd(p)`, '--lr 1', ['--lr 1 unsure']],
    [`${argparse}\nif (`, '--lr 1', ['--lr 1 unsure']],
    [click, 'train --lr --off --no', ['--lr --off lr', '--no undeclared']],
    [click, '{command} --lr 1', ['--lr 1 unsure']],
    [chained, 'train --lr 1 test --n 2 --lr 3', ['--lr 1 lr', '--n 2 n', '--lr 3 undeclared']],
    [click, 'train --l 1 --on', ['--l 1 undeclared', '--on on']],
    [click, '--lr 1 train', ['--lr 1 undeclared']],
    [click, '--nothing train --lr 1', ['--nothing undeclared', '--lr 1 lr']],
    [click, 'trian --lr 1', ['--lr 1 unsure']],
    [click.replace('group()', 'group(chain=True)'), 'train --lr 1 eval --x', ['--lr 1 lr', '--x undeclared']],
    [subparsers, '--seed 1 fit --lr 2', ['--seed 1 seed', '--lr 2 lr']],
    [subparsers, 'fit --seed 1 show --n 2', ['--seed 1 undeclared', '--n 2 undeclared']],
    [fire, '--learning-rate 1 --noflag', ['--learning-rate 1 learning_rate', '--noflag unsure']],
    ['import sys\nx = sys.argv[1]', '--x 1', ['--x 1 unsure']],
    ['print(1)', '--x 1', ['--x 1 unsure']],
  ];
  for (const [source, words, expected] of cases) {
    it(`are told from values, and alarm only where that is sure: ${words}`, () => {
      deepEqual(said(source, words), expected);
    });
  }
});
