import { deepEqual, equal } from 'node:assert/strict';
import { findMissingOptions, makeEntryPoint } from '../../../language-server/documents/entryPointSkeleton';
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
    deepEqual(findMissingOptions(script, names, made.command), []);
    deepEqual(findMissingOptions(script, [], made.command), []);
  });

  it('is missed where it neither passes an option nor has a parameter of its name', () => {
    const missing = findMissingOptions(
      script,
      ['epochs', 'data'],
      'cd x && python x.py {data} -l 3 --name=x',
    );
    deepEqual(
      missing.map(({ dest }) => dest),
      ['pretrained', 'tracking_uri', 'in.file'],
    );
  });
});
