import { deepEqual, equal } from 'node:assert/strict';
import { commands, itemsAt, labelsAt, lr, main, script, taken } from './completed';
import { openDocument, readCaret } from './projectFolder';

describe('completion of commands', () => {
  it('placeholders behind a brace', async () => {
    deepEqual(await labelsAt(`${lr}    command: python train.py {|`), ['{lr}', '{data}']);
    equal(await taken('{lr}', `${lr}    command: python train.py {|}`), '    command: python train.py {lr}');
    equal(
      await taken('{lr}', `${lr}    command: python train.py {d|ata} x`),
      '    command: python train.py {lr} x',
    );
    equal(
      await taken('{lr}', `${lr}    command: "python train.py --lr={|"`),
      '    command: "python train.py --lr={lr}"',
    );
    deepEqual(await labelsAt(`${lr}    command: echo {{|`), []);
  });

  it('no placeholder for a name that Python reads otherwise', async () => {
    const odd = `${main}    parameters: {a.b: float, 'c[0]': float, '1': float, d-e: float, "f g": float}\n`;
    deepEqual(await labelsAt(`${odd}    command: echo {|`), ['{d-e}', '{f g}']);
  });

  it('placeholders where an argument may stand, unused ones first', async () => {
    deepEqual(await labelsAt(`${lr}    command: echo {lr} |`), ['{data}', '{lr}']);
    equal(await taken('{data}', `${lr}    command: >-\n      echo\n      |`), '      {data}');
  });

  it("the script's options with their parameters, without those passed", async () => {
    const folder = { 'train.py': script };
    const options = await labelsAt(`${lr}    command: python train.py --lr {lr} --|`, folder);
    deepEqual(options, ['--data {data}', '--mode {mode}', '--mode', '--verbose']);
    equal(
      await taken('--data {data}', `${lr}    command: python train.py --d|`, folder),
      '    command: python train.py --data {data}',
    );
    equal(
      await taken('--mode', `${lr}    command: python train.py |`, folder),
      '    command: python train.py --mode ${1:a}',
    );
    deepEqual(await labelsAt(`${lr}    command: python train.py --mode |`, folder), [
      'a',
      'b',
      '{lr}',
      '{data}',
    ]);
  });

  it('of the line that it stands on in a literal block', async () => {
    const folder = { 'train.py': script, 'b.py': '' };
    const marked = `${lr}    command: |\n      python b.py\n      python train.py \\\n        --lr {lr} --d‸\n      python train.py --data x\n`;
    deepEqual(await labelsAt(marked, folder), ['--data {data}', '--mode {mode}', '--mode', '--verbose']);
    equal((await taken('--data {data}', marked, folder))?.split('\n')[0], '        --lr {lr} --data {data}');
  });

  it('an option together with the parameter that it needs', async () => {
    const marked = `${lr}    command: python train.py --mo|\n`;
    const { text } = readCaret(marked);
    const items = await itemsAt(marked, { 'train.py': script });
    const item = items.find(({ label }) => label === '--mode {mode}');
    const { lines } = openDocument(text);
    const [also, more] = item?.additionalTextEdits ?? [];
    const at = also ? lines.offsetAt(also.range.start) : 0;
    equal(more, undefined);
    equal(
      text.slice(0, at) + (also?.newText ?? '') + text.slice(at),
      text.replace('path\n', 'path\n      mode: {type: string, default: a}\n'),
    );
  });

  it("a script's commands, and then their own options", async () => {
    const folder = { 'cli.py': commands };
    const labels = (typed: string) => labelsAt(`${main}    command: python cli.py ${typed}`, folder);
    deepEqual(await labels('|'), ['fit', 'show', '--config {config}', '--config']);
    deepEqual(await labels('f|'), ['fit', 'show']);
    deepEqual(await labels('--config a fit |'), ['--lr {lr}', '--lr', '--fast']);
    deepEqual(await labels('show |'), ['runs']);
    deepEqual(await labels('| fit'), ['--config {config}', '--config']);
    equal(
      await taken('fit', `${main}    command: python cli.py f|`, folder),
      '    command: python cli.py fit',
    );
  });

  it('where `cd` leads to, and what can be run there', async () => {
    const folder = { 'a.py': '', 'src/eval.py': '', 'src/deep/x.py': '', 'src/run.sh': '', 'data/a.csv': '' };
    deepEqual(await labelsAt(`${main}    command: cd |`, folder), ['data/', 'src/']);
    deepEqual(await labelsAt(`${main}    command: cd src && cd |`, folder), ['deep/']);
    deepEqual(await labelsAt(`${main}    command: cd src && bash |`, folder), ['eval.py', 'run.sh', 'deep/']);
    deepEqual((await labelsAt(`${main}    command: cd src; |`, folder)).slice(0, 2), [
      'python eval.py',
      'python deep/x.py',
    ]);
    deepEqual(await labelsAt(`${main}    command: cd {x} && python |`, folder), []);
  });

  it('modules by name, from where the command is', async () => {
    const folder = {
      'a.py': '',
      'pkg/__init__.py': '',
      'pkg/train.py': '',
      'pkg/__main__.py': '',
      'x-y.py': '',
    };
    deepEqual(await labelsAt(`${main}    command: python -m |`, folder), ['a', 'pkg.']);
    deepEqual(await labelsAt(`${main}    command: python -m pkg.|`, folder), ['pkg', 'pkg.train']);
    deepEqual(await labelsAt(`${main}    command: cd pkg && python -um |`, folder), ['train']);
  });

  it('the options of a module or package that is run', async () => {
    const folder = { 'pkg/train.py': script, 'pkg/tool/__main__.py': commands };
    const labels = (typed: string) => labelsAt(`${lr}    command: python -m ${typed}`, folder);
    deepEqual(await labels('pkg.train --data {data} --v|'), [
      '--lr {lr}',
      '--mode {mode}',
      '--mode',
      '--verbose',
    ]);
    deepEqual((await labels('pkg.tool |')).slice(0, 2), ['fit', 'show']);
    deepEqual(await labels('pkg.tool fit --f|'), ['--lr {lr}', '--fast']);
  });

  it('scripts and folders by path', async () => {
    const folder = { 'train.py': '', 'run.sh': '', 'src/eval.py': '', 'notes.txt': '', '.git/config': '' };
    deepEqual(await labelsAt(`${main}    command: python |`, folder), ['run.sh', 'train.py', 'src/']);
    deepEqual(await labelsAt(`${main}    command: python src/e|`, folder), ['src/eval.py']);
    equal(
      await taken('src/eval.py', `${main}    command: python src/|`, folder),
      '    command: python src/eval.py',
    );
    deepEqual(await labelsAt(`${main}    command: cd src && python |`, folder), ['eval.py']);
    deepEqual((await labelsAt(`${main}    command: |`, folder)).slice(0, 2), [
      'python train.py',
      'python src/eval.py',
    ]);
  });

  it('entry points of this project and their parameters', async () => {
    const other = `${lr}    command: x\n  other:\n    parameters:\n      lr: float\n`;
    deepEqual(await labelsAt(`${other}    command: mlflow run . -e |`), ['main', 'other']);
    deepEqual(await labelsAt(`${other}    command: mlflow run . -e main -P |`), ['lr={lr}', 'data=']);
  });
});
