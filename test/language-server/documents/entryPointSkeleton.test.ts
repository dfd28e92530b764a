import { deepEqual, equal } from 'node:assert/strict';
import { readCommandCalls } from '../../../language-server/documents/commandCalls';
import {
  findMissingOptions,
  makeEntryPoint,
  waysToCall,
} from '../../../language-server/documents/entryPointSkeleton';
import { readScriptWords } from '../../../language-server/documents/passedOptions';
import type { ScriptOptions } from '../../../language-server/documents/python/scriptOptions';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';

const script = readPythonOptions(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", "-l", type=float, default=0.1)
p.add_argument("--epochs", type=int, required=True)
p.add_argument("--name", default="a b")
p.add_argument("--pretrained", type=bool, default=True)
p.add_argument("--tracking-uri", default="https://localhost")
p.add_argument("--optional")
p.add_argument("--verbose", action="store_true")
p.add_argument("--tags", nargs="+", default=[])
p.add_argument("--in-file", dest="in.file", required=True)
p.add_argument("data", type=open)
p.parse_args()`);

/** The options that a command, whose last call is the script's, does not pass. */
function missing(of: ScriptOptions, taken: readonly string[], command: string): readonly string[] {
  const call = readCommandCalls(command).at(-1);
  const words = call && 'words' in call ? call.words : [];
  return findMissingOptions(readScriptWords(words, of), taken).map(({ dest }) => dest);
}

describe('An entry point made of a script’s options', () => {
  const made = makeEntryPoint('main', 'python {x}.py', script);

  it('has a parameter for each option that can always be passed', () => {
    deepEqual(made.parameters, [
      { name: 'data', type: 'path' },
      { name: 'lr', type: 'float', default: 0.1 },
      { name: 'epochs', type: 'float' },
      { name: 'name', type: 'string', default: 'a b' },
      { name: 'pretrained', type: 'string', default: 'True' },
      { name: 'tracking_uri', type: 'uri', default: 'https://localhost' },
      { name: 'in_file', type: 'string' },
    ]);
  });

  it('passes them in its command', () => {
    equal(
      made.command,
      'python {{x}}.py {data} --lr {lr} --epochs {epochs} --name {name} --pretrained {pretrained} --tracking-uri {tracking_uri} --in-file {in_file}',
    );
  });

  it('says what it leaves out, and why', () => {
    deepEqual(
      made.leftOut.map(({ option, reason }) => [option.dest, reason]),
      [
        ['optional', 'no default'],
        ['verbose', 'flag'],
        ['tags', 'several values'],
      ],
    );
  });

  it('misses nothing of the script', () => {
    const names = made.parameters.map(({ name }) => name);
    deepEqual(missing(script, names, made.command), []);
    deepEqual(missing(script, [], made.command), []);
  });

  it('is missed where it neither passes an option nor has a parameter of its name', () => {
    const command = 'cd x && python x.py {data} -l 3 --name=x';
    deepEqual(missing(script, ['epochs', 'data'], command), ['pretrained', 'tracking_uri', 'in.file']);
  });
});

const withCommands = readPythonOptions(`
import click
@click.group()
@click.option("--config", required=True)
@click.option("--quiet", default="no")
def cli(config, quiet): pass
@cli.command("fit {x}")
@click.option("--lr", default=0.1)
@click.option("--config", required=True)
@click.argument("data")
def fit(lr, config, data): pass
@cli.group()
def show(): pass
@show.command()
@click.option("--n", type=int, required=True)
def runs(n): pass
cli()`);

describe('An entry point made of a script’s command', () => {
  it('is one for each of the innermost', () => {
    deepEqual(
      waysToCall(withCommands).map((way) => way.map(({ names }) => names[0])),
      [['fit {x}'], ['show', 'runs']],
    );
  });

  it('passes what is required on the way to it, and all of its own, of one name but one', () => {
    const [fit = [], runs = []] = waysToCall(withCommands);
    const made = makeEntryPoint('fit', 'python x.py', withCommands, fit);
    equal(made.command, "python x.py --config {config} 'fit {{x}}' {data} --lr {lr} --config {config}");
    deepEqual(made.parameters, [
      { name: 'config', type: 'string' },
      { name: 'data', type: 'string' },
      { name: 'lr', type: 'float', default: 0.1 },
    ]);
    equal(
      makeEntryPoint('runs', 'python x.py', withCommands, runs).command,
      'python x.py --config {config} show runs --n {n}',
    );
  });

  it('misses the options of the command that is called alone', () => {
    deepEqual(missing(withCommands, [], 'python x.py --config a show runs'), ['n']);
    deepEqual(missing(withCommands, [], 'python x.py --config a "fit {{x}}" b'), ['lr', 'config']);
    deepEqual(missing(withCommands, [], 'python x.py --config a'), []);
  });
});
