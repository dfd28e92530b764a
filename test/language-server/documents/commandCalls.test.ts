import { deepEqual, equal } from 'node:assert/strict';
import { type CommandCall, readCommandCalls } from '../../../language-server/documents/commandCalls';

function shown(call: CommandCall): string {
  const words = 'words' in call ? call.words.map(({ text }) => text) : [];
  const where = 'directory' in call ? `@${call.directory ?? '?'}` : '';
  switch (call.kind) {
    case 'script':
      return [call.language + where, call.path.text, ...words].join(' ');
    case 'module':
      return [`module${where}`, call.name.text, ...words].join(' ');
    case 'project': {
      const pairs = call.parameters.map(({ name, value }) => `${name.text}:${value.text}`);
      return [`project${where}`, call.uri?.text, call.entryPoint?.text ?? 'main', ...pairs].join(' ');
    }
    case 'folder':
      return `folder${where} ${call.path.text}`;
    case 'other':
      return ['other', call.program.text, ...words].join(' ');
  }
}

describe('What a command runs', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'python train.py --lr {lr}': ['python@ train.py --lr {lr}'],
    '/usr/bin/python3.11 -u -W ignore "a b.py" x': ['python@ a b.py x'],
    'python -m pkg.mod --a': ['module@ pkg.mod --a'],
    'python -um pkg --a': ['module@ pkg --a'],
    'python -c "print(1)" x.py': ['other python -c print(1) x.py'],
    'python - x.py': ['other python - x.py'],
    './run.sh {a}': ['shell@ ./run.sh {a}'],
    'bash -e run.sh a': ['shell@ run.sh a'],
    'bash -c "python x.py"': ['other bash -c python x.py'],
    'Rscript x.R --a': ['r@ x.R --a'],
    'A=1 CUDA_VISIBLE_DEVICES={g} python x.py': ['python@ x.py'],
    'env A=1 nohup python x.py &': ['python@ x.py'],
    'cd src && python x.py; cd sub; python y.py': [
      'folder@ src',
      'python@src x.py',
      'folder@src sub',
      'python@src/sub y.py',
    ],
    '(cd src; python x.py); python y.py': ['folder@ src', 'python@src x.py', 'python@ y.py'],
    'cd {d} && python x.py': ['folder@ {d}', 'python@? x.py'],
    'pip install -r r.txt && python x.py > log 2>&1': ['other pip install -r r.txt', 'python@ x.py'],
    'accelerate launch --num_processes 2 train.py --lr 1': ['python@ train.py --lr 1'],
    'torchrun --nproc_per_node=2 train.py --lr 1': ['python@ train.py --lr 1'],
    'torchrun --nproc_per_node 2 -m pkg.train --lr 1': ['module@ pkg.train --lr 1'],
    'python -m torch.distributed.run --nnodes 1 t.py a': ['python@ t.py a'],
    'mpirun -np 4 python t.py a': ['python@ t.py a'],
    'poetry run python t.py a': ['python@ t.py a'],
    'uv run t.py a': ['python@ t.py a'],
    'if true; then python x.py; fi': ['other true', 'python@ x.py', 'other fi'],
    'mlflow run . -e other -P a={a} -P "b=c d" --env-manager local': ['project@ . other a:{a} b:c d'],
    'mlflow run --entry-point=other -Pa=1 sub#dir': ['project@ sub#dir other a:1'],
    'python -m mlflow run .': ['project@ . main'],
    'mlflow --env-file .env run .': ['project@ . main'],
    'mlflow models serve -m x': ['other mlflow models serve -m x'],
    '{interpreter} x.py': ['other {interpreter} x.py'],
    '': [],
  };
  for (const [command, calls] of Object.entries(cases)) {
    it(`is read from ${JSON.stringify(command)}`, () => {
      deepEqual(readCommandCalls(command).map(shown), calls);
    });
  }

  it('is said with places in the command', () => {
    const command = `mlflow run . -e 'other' -P a="{x}"`;
    const [call] = readCommandCalls(command);
    const pieces =
      call?.kind === 'project' ? [call.entryPoint, call.parameters[0]?.name, call.parameters[0]?.value] : [];
    deepEqual(
      pieces.map((piece) => piece && command.slice(piece.start, piece.end)),
      [`'other'`, 'a', '{x}'],
    );
    equal(call?.kind, 'project');
  });
});
