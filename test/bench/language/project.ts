import { type BenchDocument, writeDocument } from './benchDocument';

const header = ['name: bench', 'python_env: python_env.yaml', '', 'entry_points:'];
const scripts = ['prepare', 'train', 'evaluate', 'export', 'report'];

/** An MLproject of so many lines; one command in the middle has a placeholder that is no name. Scripts are there. */
export async function makeProject(lineCount: number): Promise<BenchDocument> {
  const count = Math.floor((lineCount - header.length) / entryPoint(0).length);
  const middle = Math.floor(count / 2);
  const lines = [...header];
  let first = 0;
  for (let index = 0; index < count; index++) {
    if (index === middle) first = lines.length;
    lines.push(...entryPoint(index, index === middle ? noName : '{data}'));
  }
  while (lines.length < lineCount) lines.push('# The end.');
  const command = lines[first + commandLine] ?? '';
  return await writeDocument(
    'MLproject',
    lines,
    {
      beforeFault: { line: first + commandLine, character: '    command: "python '.length },
      // Of the placeholder, and of the command.
      faultEnds: [command.indexOf(noName) + noName.length, command.length],
      atWord: { line: first + typeLine, character: '        type: '.length },
      word: 'float',
    },
    {
      'python_env.yaml': pythonEnv,
      ...Object.fromEntries(scripts.map((name) => [`${name}.py`, pythonScript])),
    },
  );
}

const typeLine = 5;
const commandLine = 7;
const noName = '{0}';

function entryPoint(index: number, placeholder = '{data}'): readonly string[] {
  const script = scripts[index % scripts.length] ?? 'train';
  return [
    `  step${index}:`,
    '    parameters:',
    '      data: path',
    '      alpha: {type: float, default: 0.5}',
    '      epochs:',
    '        type: float',
    '        default: 10',
    `    command: "python ${script}.py --data ${placeholder} --alpha {alpha} --epochs {epochs}"`,
    '',
  ];
}

const pythonEnv = 'python: "3.11"\ndependencies:\n  - mlflow\n';

const pythonScript = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--alpha", type=float, default=0.5)
parser.add_argument("--epochs", type=float, default=10)
parser.add_argument("--verbose", action="store_true")
args = parser.parse_args()
`;
