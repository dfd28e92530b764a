import { equal, match, ok } from 'node:assert/strict';
import { hover } from '../../../language-server/features/hover';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { noFacts } from '../../../language-server/features/projectFacts';
import { factsOf, filesOf, type Folder, folderUri, openDocument, readCaret } from './projectFolder';

interface Shown {
  readonly markdown: string;
  /** The text that it is told of. */
  readonly about: string;
}

async function hoverAt(
  marked: string,
  folder: Folder = {},
  kind: OpenDocument['kind'] = 'mlproject',
): Promise<Shown | undefined> {
  const { text, offset } = readCaret(marked);
  const document = openDocument(text, kind);
  const shown = await hover(document, offset, await factsOf(document, folder), filesOf(folder));
  if (!shown?.range || typeof shown.contents !== 'object' || !('value' in shown.contents)) return undefined;
  const [start, end] = [document.lines.offsetAt(shown.range.start), document.lines.offsetAt(shown.range.end)];
  return { markdown: shown.contents.value, about: text.slice(start, end) };
}

const parameters = `entry_points:
  main:
    parameters:
      lr: {type: float, default: 0.1}
      name: {default: a b}
      data: path
`;
const command = '    command: python train.py --lr {lr} --name {name} --data {data}\n';
const script = `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.5, help="how <b>fast</b> | [x](y)")
p.add_argument("--name")
p.parse_args()`;

describe('hover', () => {
  it('a key: what it is for, what it accepts, and where that is written', async () => {
    const shown = await hoverAt('na|me: x');
    equal(shown?.about, 'name');
    match(shown.markdown, /^\*\*name\*\* — What the project is called/);
    match(shown.markdown, /Accepts text\.\n\n\[MLflow's documentation\]\(https:/);
    match((await hoverAt('docker_env: {im|age: x}'))?.markdown ?? '', /^\*\*image\*\*/);
    match((await hoverAt('pyth|on: "3.11"', {}, 'pythonEnv'))?.markdown ?? '', /^\*\*python\*\*/);
    match((await hoverAt('chan|nels: []', {}, 'condaEnv'))?.markdown ?? '', /^\*\*channels\*\*/);
    equal(await hoverAt('unkn|own: x'), undefined);
  });

  it('a type', async () => {
    match(
      (await hoverAt(parameters.replace('data: path', 'data: pa|th')))?.markdown ?? '',
      /^\*\*path\*\* — A file or folder/,
    );
  });

  it('a parameter: its type, its default, and where it is used', async () => {
    const shown = await hoverAt(parameters.replace('lr:', 'l|r:') + command, { 'train.py': script });
    equal(shown?.about, 'lr');
    const [head, uses, passed] = shown.markdown.split('\n\n');
    equal(head, '**lr** of `main` — `float`, `0.1` by default.');
    equal(uses, 'Used in the command, line 7.');
    equal(
      passed,
      'Passed to `train.py` as `--lr`, read as float: how \\<b\\>fast\\</b\\> \\| \\[x\\]\\(y\\)',
    );
    const other = `${parameters.replace('data:', 'da|ta:')}  all:\n    command: mlflow run . -P data=x\n`;
    equal(
      (await hoverAt(other))?.markdown,
      '**data** of `main` — `path`, must be given in each run.\n\nThe command does not use it.\n\nGiven by `all` (line 7).',
    );
  });

  it('a placeholder: its declaration', async () => {
    const shown = await hoverAt(parameters + command.replace('{lr}', '{l|r}'));
    equal(shown?.about, '{lr}');
    match(shown.markdown, /^\*\*lr\*\* of `main` — `float`, `0\.1` by default\./);
    equal(
      (await hoverAt(`${parameters}    command: echo {x|}`))?.markdown,
      '`main` declares no parameter `x`.',
    );
  });

  it('a command: how it comes out, quoted, and what must be given', async () => {
    const shown = await hoverAt(parameters + command.replace('python', 'pyt|hon'));
    equal(
      shown?.markdown,
      "With the defaults:\n\n```shell\npython train.py --lr 0.1 --name 'a b' --data {data}\n```\n\nMust be given: `data`.",
    );
    match(
      (await hoverAt(parameters + command.replace('command', 'comm|and')))?.markdown ?? '',
      /With the defaults/,
    );
    const block = `${parameters}    command: >-\n      echo {lr}\n      {{b|}} {name!s} {lr:>9}\n`;
    match((await hoverAt(block))?.markdown ?? '', /```shell\necho 0\.1 \{b\} 'a b' \{lr:>9\}\n```/);
    equal(await hoverAt(`${parameters}    command: ec|ho {`), undefined);
  });

  it("quotes as Python's shlex.quote does", async () => {
    const cases = [
      ["it's", `'it'"'"'s'`],
      ['', "''"],
      ['a@%+=:,./-_b', 'a@%+=:,./-_b'],
      ['ä', "'ä'"],
      ['$HOME', "'$HOME'"],
    ];
    for (const [value, quoted] of cases) {
      const text = `entry_points:\n  main:\n    parameters:\n      a: {default: ${JSON.stringify(value)}}\n    command: ech|o {a}\n`;
      ok((await hoverAt(text))?.markdown.includes(`\necho ${quoted}\n`), value);
    }
  });

  it('an entry point: how it is run', async () => {
    const shown = await hoverAt(`${parameters.replace('main:', 'm|ain:')}${command}`);
    match(shown?.markdown ?? '', /^\*\*main\*\*, run by\n\n```shell\nmlflow run \. -P data=…\n```/);
  });

  it('an option: what the script says of it', async () => {
    const shown = await hoverAt(parameters + command.replace('--lr', '--l|r'), { 'train.py': script });
    equal(shown?.about, '--lr');
    match(shown.markdown, /^\*\*\\-\\-lr\*\* of the script — float, `0\.5` by default\.\n\nhow \\<b\\>/);
  });

  it('an environment file: what it holds', async () => {
    const folder = { 'python_env.yaml': 'python: "3.11"\n```\n' };
    equal(
      (await hoverAt('python_env: python|_env.yaml', folder))?.markdown,
      '`python_env.yaml` holds\n\n````yaml\npython: "3.11"\n```\n````',
    );
    equal(
      (await hoverAt('conda_env: "no|ne.yaml"', folder))?.markdown,
      'There is no `none.yaml` in the project.',
    );
  });

  it('reads no file outside of the project', async () => {
    const { text, offset } = readCaret('conda_env: ../oth|er.yaml');
    const files = { ...filesOf({}), readText: () => Promise.resolve('secret') };
    equal(await hover(openDocument(text), offset, noFacts(folderUri), files), undefined);
  });

  it("shows strangers' text as text", async () => {
    const name = '`![x](http://y) <img>';
    const text = `entry_points:\n  '${name}':\n    parameters:\n      'p|*_<b>': float\n`;
    const shown = await hoverAt(text);
    ok(shown?.markdown.startsWith('**p\\*\\_\\<b\\>** of `` `![x](http://y) <img> `` — '), shown?.markdown);
  });

  it(`never throws, and is about what the pointer is at (seed ${testSeed})`, async () => {
    const random = randomNumbers(testSeed);
    const folder = { 'train.py': script, 'conda.yaml': 'a: 1' };
    const base = `conda_env: conda.yaml\n${parameters}${command}`;
    const facts = await factsOf(openDocument(base), folder);
    for (let round = 0; round < 400; round++) {
      const text = mutateText(mutateText(base, random), random);
      const document = openDocument(text);
      const offset = random(text.length + 1);
      const shown = await hover(document, offset, facts, filesOf(folder));
      const [start, end] = shown?.range
        ? [shown.range.start, shown.range.end].map((at) => document.lines.offsetAt(at))
        : [offset, offset];
      ok((start ?? -1) <= offset && offset <= (end ?? -1), JSON.stringify([text, offset]));
    }
  });
});
