import { deepEqual } from 'node:assert/strict';
import { actionsOf, contextOf, fixesEntryPoint } from './acted';
import { factsOf, openText } from './openText';

describe('Options of a script', () => {
  const script = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--data", required=True)
p.add_argument("--tiny", type=float, default=1e-7)
`;

  it('that the entry point lacks are declared and passed on', () => {
    fixesEntryPoint(
      '    parameters:\n      lr: float\n    command: |\n      python train.py \\\n        --lr {lr} > log\n      echo\n',
      'Add 2 options of train.py',
      '    parameters:\n      lr: float\n      data: string\n      tiny: {type: float, default: 1.0e-7}\n' +
        '    command: |\n      python train.py \\\n        --lr {lr} --data {data} --tiny {tiny} > log\n      echo\n',
      factsOf({ 'train.py': script }),
    );
  });
});

describe('Options that the entry point has parameters for', () => {
  const script = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--data", required=True)
p.parse_args()
`;

  it('are passed without being declared again', () => {
    fixesEntryPoint(
      '    parameters: {data: path}\n    command: python train.py --lr 1\n',
      'Add 1 option of train.py',
      '    parameters: {data: path}\n    command: python train.py --lr 1 --data {data}\n',
      factsOf({ 'train.py': script }),
    );
  });

  it('are left alone where the command uses these otherwise', () => {
    const document = openText(
      'entry_points:\n  main:\n    parameters: {data: path}\n    command: DATA={data} python train.py --lr 1\n',
    );
    const titles = actionsOf(document, contextOf(factsOf({ 'train.py': script }))).map(({ title }) => title);
    deepEqual(titles, ['Pass 1 option of train.py']);
  });
});

describe('What a script stops without', () => {
  const scripts = {
    'train.py':
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("data")\np.add_argument("--out", required=True)\np.parse_args()\n',
    'cli.py':
      'import click\n@click.group()\n@click.option("--config", required=True)\ndef cli(config): pass\n@cli.command()\n@click.option("--lr", type=float, required=True)\n@click.option("--n", default=3)\ndef fit(lr, n): pass\ncli()\n',
  };

  it('is passed and declared, positionals too', () => {
    fixesEntryPoint(
      '    command: python train.py\n',
      'Pass 2 options of train.py',
      '    parameters:\n      data: string\n      out: string\n    command: python train.py {data} --out {out}\n',
      factsOf(scripts),
    );
  });

  it('is put in front of the command that is called where it is required there', () => {
    fixesEntryPoint(
      '    command: python cli.py fit --n 1 && echo\n',
      'Pass 2 options of cli.py',
      '    parameters:\n      config: string\n      lr: float\n    command: python cli.py --config {config} fit --n 1 --lr {lr} && echo\n',
      factsOf(scripts),
    );
  });

  it('and what else the command could be given', () => {
    fixesEntryPoint(
      '    command: python cli.py --config a fit --lr 1\n',
      'Add 1 option of cli.py',
      '    parameters:\n      n: {type: float, default: 3}\n    command: python cli.py --config a fit --lr 1 --n {n}\n',
      factsOf(scripts),
    );
  });
});
