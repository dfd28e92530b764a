import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from 'vscode-languageserver/node';

/** A project on disk, and the places in its MLproject where somebody types. */
export interface BenchProject {
  readonly folder: string;
  readonly uri: string;
  readonly text: string;
  /** Inside the command that has a fault, before it: whatever is typed here moves the end of the fault. */
  readonly inCommand: Position;
  /** Where a parameter's type is to be written, in the same entry point. */
  readonly atType: Position;
  /** In which columns the fault may end, before anything is typed: that of the placeholder, or of the command. */
  readonly faultEnds: readonly number[];
}

const header = ['name: bench', 'python_env: python_env.yaml', '', 'entry_points:'];
const scripts = ['prepare', 'train', 'evaluate', 'export', 'report'];

/** An MLproject of so many lines; one command in the middle has a placeholder that is no name. Scripts are there. */
export async function makeProject(lineCount: number): Promise<BenchProject> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const count = Math.floor((lineCount - header.length) / entryPoint(0).length);
  const middle = Math.floor(count / 2);
  const lines = [...header];
  let first = 0;
  for (let index = 0; index < count; index++) {
    if (index === middle) first = lines.length;
    lines.push(...entryPoint(index, index === middle ? noName : '{data}'));
  }
  while (lines.length < lineCount) lines.push('# The end.');
  const text = `${lines.join('\n')}\n`;
  await writeFile(join(folder, 'MLproject'), text);
  await writeFile(join(folder, 'python_env.yaml'), 'python: "3.11"\ndependencies:\n  - mlflow\n');
  for (const script of scripts) await writeFile(join(folder, `${script}.py`), pythonScript);
  const command = lines[first + commandLine] ?? '';
  return {
    folder,
    uri: pathToFileURL(join(folder, 'MLproject')).href,
    text,
    inCommand: { line: first + commandLine, character: '    command: "python '.length },
    atType: { line: first + typeLine, character: '        type: '.length },
    faultEnds: [command.indexOf(noName) + noName.length, command.length],
  };
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

const pythonScript = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--alpha", type=float, default=0.5)
parser.add_argument("--epochs", type=float, default=10)
parser.add_argument("--verbose", action="store_true")
args = parser.parse_args()
`;
