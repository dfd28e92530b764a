import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver-types';
import { diagnose } from '../../../language-server/features/diagnose';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { parseDocument } from '../../../language-server/parseDocument';
import { defaultSettings } from '../../../language-server/settings';
import { actionsOf, after, contextOf, fixesEntryPoint, nothingKnown } from './acted';
import { applyTo, factsOf, openText, projectFolder } from './openText';

describe('A quick fix', () => {
  it('writes a mistyped key as it was meant, within its quotes', () => {
    equal(
      after(openText('"entrypoints":  # all\n  main: {command: a}\n'), 'Change to "entry_points"'),
      '"entry_points":  # all\n  main: {command: a}\n',
    );
  });

  it('is not looked for in a document of more than a million characters, where trying one takes long', () => {
    const document = openText(`nmae: a\n#${'-'.repeat(1_000_000)}\n`);
    deepEqual(actionsOf(document, contextOf(nothingKnown)), []);
  });

  it('declares a missing parameter behind the others, as they are written', () => {
    fixesEntryPoint(
      '    parameters:\n      a: float # first\n    command: "run {a} {lr}"\n',
      'Declare the parameter "lr"',
      '    parameters:\n      a: float # first\n      lr: float\n    command: "run {a} {lr}"\n',
    );
    fixesEntryPoint(
      '    parameters: {a: float}\n    command: "run {a} {data_path}"\n',
      'Declare the parameter "data_path"',
      '    parameters: {a: float, data_path: path}\n    command: "run {a} {data_path}"\n',
    );
  });

  it('declares the first parameter in front of the command', () => {
    fixesEntryPoint(
      '      command: "run {name}"\n',
      'Declare the parameter "name"',
      '      parameters:\n        name: string\n      command: "run {name}"\n'.replace(
        / {8}name/,
        '        name',
      ),
    );
    equal(
      after(openText('entry_points: {main: {command: "run {on}"}}'), 'Declare the parameter "on"'),
      'entry_points: {main: {parameters: {"on": string}, command: "run {on}"}}',
    );
  });

  it("takes a missing parameter's type and default from the script's option", () => {
    const script =
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--rounds", type=int, default=10)\n';
    fixesEntryPoint(
      '    command: "python train.py --rounds {r}"\n',
      'Declare the parameter "r"',
      '    parameters:\n      r: {type: float, default: 10}\n    command: "python train.py --rounds {r}"\n',
      factsOf({ 'train.py': script }),
    );
  });

  it('keeps the line ends of the file', () => {
    const text = 'entry_points:\r\n  main:\r\n    command: "run {x}"\r\n';
    equal(
      after(openText(text), 'Declare the parameter "x"'),
      'entry_points:\r\n  main:\r\n    parameters:\r\n      x: string\r\n    command: "run {x}"\r\n',
    );
  });

  it('removes a parameter that is not used, and `parameters` with the last', () => {
    fixesEntryPoint(
      '    parameters:\n      a: float # of no use\n      # about b\n      b: float\n    command: run {b}\n',
      'Remove the parameter "a"',
      '    parameters:\n      # about b\n      b: float\n    command: run {b}\n',
    );
    fixesEntryPoint(
      '    parameters: {a, b: float}\n    command: run {b}\n',
      'Change to string',
      '    parameters: {a: string, b: float}\n    command: run {b}\n',
    );
    fixesEntryPoint(
      '    parameters: {b: float, a: float}\n    command: run {b}\n',
      'Remove the parameter "a"',
      '    parameters: {b: float}\n    command: run {b}\n',
    );
    fixesEntryPoint(
      '    parameters:\n      a:\n        type: float\n    command: run\n',
      'Remove the parameter "a"',
      '    command: run\n',
    );
  });

  it('leaves `parameters` there if another one would then count', () => {
    const document = openText(
      'entry_points:\n  main:\n    parameters:\n    parameters: {a: float}\n    command: run\n',
    );
    deepEqual(actionsOf(document, contextOf(nothingKnown)), []);
  });

  it('quotes what YAML 1.1 reads otherwise', () => {
    fixesEntryPoint(
      '    parameters:\n      a: {default: 1:30}\n    command: run {a}\n',
      'Quote 1:30',
      '    parameters:\n      a: {default: "1:30"}\n    command: run {a}\n',
    );
    fixesEntryPoint(
      '    parameters:\n      on: float\n    command: run {on}\n',
      'Quote on',
      '    parameters:\n      "on": float\n    command: run {on}\n',
    );
    equal(after(openText('python: 3.10 # newest\n', 'pythonEnv'), 'Quote 3.10'), 'python: "3.10" # newest\n');
  });

  it('adds a command that runs the script that is there with all parameters', () => {
    fixesEntryPoint(
      '    parameters:\n      a: float\n',
      'Add a command',
      '    parameters:\n      a: float\n    command: "python train.py --a {a}"\n',
      factsOf({ 'train.py': '' }),
    );
    equal(
      after(openText('entry_points:\n  main:\n  fit.py:\n    command:\n'), 'Add a command'),
      'entry_points:\n  main:\n    command: "python main.py"\n  fit.py:\n    command:\n',
    );
  });

  it('makes a default of a value that stands where the type is expected', () => {
    fixesEntryPoint(
      '    parameters:\n      lr: 0.1 # good\n    command: run {lr}\n',
      'Make it the default: {type: float, default: 0.1}',
      '    parameters:\n      lr: {type: float, default: 0.1} # good\n    command: run {lr}\n',
    );
  });

  it('writes a slip of the colon as it was meant', () => {
    fixesEntryPoint(
      '    parameters: {a: {type int}}\n    command: run {a}\n',
      'Change to type: int',
      '    parameters: {a: {type: int}}\n    command: run {a}\n',
    );
  });

  it('makes text of braces, but not of the placeholders among them', () => {
    fixesEntryPoint(
      `    parameters: {lr: float}\n    command: 'run {"lr": {lr}, "o": {}} {lr}'\n`,
      'Make text of the braces in {"lr": {lr}, "o": {}}',
      `    parameters: {lr: float}\n    command: 'run {{"lr": {lr}, "o": {{}}}} {lr}'\n`,
    );
  });

  it("leaves a shell's variable to the shell, either way that it is written", () => {
    fixesEntryPoint('    command: ls ${HOME}/x\n', 'Change to $HOME', '    command: ls $HOME/x\n');
    fixesEntryPoint(
      '    command: ls ${HOME}/x\n',
      'Make text of the braces in ${HOME}',
      '    command: ls ${{HOME}}/x\n',
    );
  });

  it("takes a placeholder out of the shell's quotes", () => {
    fixesEntryPoint(
      `    parameters: {a: path}\n    command: "run '{a}'"\n`,
      'Take {a} out of the quotes',
      `    parameters: {a: path}\n    command: "run {a}"\n`,
    );
    fixesEntryPoint(
      `    parameters: {a: path}\n    command: "run \\"in {a}/x\\""\n`,
      'Take {a} out of the quotes',
      `    parameters: {a: path}\n    command: "run \\"in \\"{a}\\"/x\\""\n`,
    );
  });

  it('removes the second of two environments', () => {
    equal(
      after(openText('conda_env: conda.yaml\npython_env: p.yaml\nname: x\n'), 'Remove "python_env"'),
      'conda_env: conda.yaml\nname: x\n',
    );
  });

  it('names a project after its folder', () => {
    equal(
      after(openText('# mine\ndocker_env:\n  image: python\n'), 'Add a name'),
      '# mine\nname: demo\ndocker_env:\n  image: python\n',
    );
  });

  it("writes pip's pins as pip does", () => {
    equal(
      after(openText('dependencies:\n  - numpy=1.2\n', 'pythonEnv'), 'Change to ==1.2'),
      'dependencies:\n  - numpy==1.2\n',
    );
  });

  it('creates the environment file that is missing', () => {
    const document = openText('python_env: envs/my env.yaml\n');
    const actions = actionsOf(document, contextOf(factsOf({}, ['envs/my env.yaml'])));
    const create = actions.find(({ title }) => title === 'Create envs/my env.yaml');
    deepEqual(
      create?.edit?.documentChanges?.map((one) => ('kind' in one ? one : one.edits)),
      [
        {
          kind: 'create',
          uri: 'file:///demo/envs/my%20env.yaml',
          options: { overwrite: false, ignoreIfExists: false },
        },
        [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            newText: 'python: "3.12"\nbuild_dependencies:\n  - pip\ndependencies:\n  - mlflow\n',
          },
        ],
      ],
    );
  });

  it('renames a file that MLflow never reads', () => {
    const document = parseDocument(`${projectFolder}MLproject.yaml`, 'mlproject', 'name: x\n');
    const [rename] = actionsOf(document, contextOf(nothingKnown));
    deepEqual(rename?.edit?.documentChanges, [
      { kind: 'rename', oldUri: 'file:///demo/MLproject.yaml', newUri: 'file:///demo/MLproject' },
    ]);
    deepEqual(actionsOf(document, { ...contextOf(nothingKnown), changesFiles: false }), []);
  });
});

describe('An environment', () => {
  const conda =
    'name: x\nchannels: [defaults]\ndependencies:\n  - python=3.11\n  - pip=23.1\n  - pip:\n      - numpy>=1\n';
  const created = (edit: CodeAction['edit']) =>
    edit?.documentChanges?.flatMap((one) =>
      'edits' in one && one.textDocument.uri !== `${projectFolder}MLproject` ? one.edits : [],
    );

  it('of conda becomes one of Python, which the project then names', () => {
    const project = openText('name: x\nconda_env: "conda.yaml" # env\n');
    const context = { ...contextOf(nothingKnown), beside: openText(conda, 'condaEnv') };
    const action = actionsOf(project, context).find(({ title }) => title === 'Convert to python_env.yaml');
    ok(action?.edit);
    equal(applyTo(project, action.edit), 'name: x\npython_env: python_env.yaml # env\n');
    deepEqual(created(action.edit), [
      {
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        newText: 'python: "3.11"\nbuild_dependencies:\n  - pip==23.1\ndependencies:\n  - numpy>=1\n',
      },
    ]);
  });

  it('goes to conda and back as it was', () => {
    const python =
      'python: "3.11"\nbuild_dependencies:\n  - pip==23.1\n  - wheel\ndependencies:\n  - numpy>=1\n';
    const project = openText('python_env: python_env.yaml\n');
    const there = actionsOf(openText(python, 'pythonEnv'), { ...contextOf(nothingKnown), beside: project });
    const [edit] = created(there.find(({ title }) => title === 'Convert to conda.yaml')?.edit) ?? [];
    ok(edit && 'newText' in edit);
    deepEqual(diagnose(openText(edit.newText, 'condaEnv'), nothingKnown, defaultSettings), []);
    const back = actionsOf(openText(edit.newText, 'condaEnv'), {
      ...contextOf(nothingKnown),
      beside: openText('conda_env: conda.yaml\n'),
    });
    const [again] = created(back.find(({ title }) => title === 'Convert to python_env.yaml')?.edit) ?? [];
    equal(again && 'newText' in again && again.newText, python);
  });

  it('that pip alone cannot make stays with conda', () => {
    const cuda = openText(conda.replace('pip=23.1', 'cudatoolkit'), 'condaEnv');
    const project = openText('conda_env: conda.yaml\n');
    deepEqual(actionsOf(project, { ...contextOf(nothingKnown), beside: cuda }), []);
  });
});

describe('Fix all', () => {
  it('makes what is safe and leaves what is a guess', () => {
    const document = openText(
      `entry_points:\n  main:\n    parms: {}\n    parameters: {a: str, b: {type int}}\n    command: "run '{a}' \${b}"\n`,
    );
    const [action, another] = actionsOf(document, { ...contextOf(nothingKnown), only: ['source.fixAll'] });
    ok(action?.edit && !another);
    equal(
      applyTo(document, action.edit),
      'entry_points:\n  main:\n    parms: {}\n    parameters: {a: string, b: {type: int}}\n    command: "run {a} {b}"\n',
    );
  });

  it('quotes what an MLmodel must have as text', () => {
    const document = openText(
      'mlflow_version: 3.10\nflavors:\n  python_function: {loader_module: m, python_version: 3.10}\nrun_id: latest\n',
      'mlmodel',
    );
    const [action] = actionsOf(document, { ...contextOf(nothingKnown), only: ['source.fixAll'] });
    ok(action?.edit);
    const quoted = applyTo(document, action.edit);
    match(quoted, /^mlflow_version: ["']3\.10["']\n[^]*python_version: ["']3\.10["']}\nrun_id: latest\n$/);
  });

  it('fixes at once what a fix brings to light', () => {
    const document = openText(
      'entry_points:\n  main:\n    parameters: {a: {type:str, default: x}, b: {type:int}}\n    command: run {a} {b}\n',
    );
    const fix = (one: OpenDocument) =>
      actionsOf(one, { ...contextOf(nothingKnown), only: ['source.fixAll'] });
    const [action] = fix(document);
    ok(action?.edit);
    const fixed = applyTo(document, action.edit);
    equal(
      fixed,
      'entry_points:\n  main:\n    parameters: {a: {type: string, default: x}, b: {type: int}}\n    command: run {a} {b}\n',
    );
    deepEqual(fix(openText(fixed)), []);
  });

  it('is not offered unless asked for, and nothing else is then', () => {
    const document = openText('entry_points:\n  main:\n    parameters: {a: str}\n    command: run {a}\n');
    deepEqual(
      actionsOf(document, contextOf(nothingKnown)).map(({ kind }) => kind),
      ['quickfix'],
    );
    deepEqual(
      actionsOf(document, { ...contextOf(nothingKnown), only: ['source'] }).map(({ kind }) => kind),
      ['source.fixAll'],
    );
    deepEqual(actionsOf(document, { ...contextOf(nothingKnown), only: ['refactor'] }), []);
  });
});
