import type { QuickFix } from '../../../language-server/features/diagnostics/quickFix';

/** Severity and code, the text with the range marked, what the message says, and how it can be mended. */
export type Row = readonly [code: string, marked: string, message: RegExp, fix?: QuickFix];

/** An entry point of this body. */
export const main = (body: string) => `entry_points:\n  main:\n    ${body}\n`;
/** A parameter `a`, and a command that uses it. */
const parameter = (written: string) => main(`parameters:\n      a: ${written}\n    command: echo {a}`);
/** A command beside the parameter `a`. */
export const command = (written: string) => main(`parameters: {a: float}\n    command: ${written}`);

export const mlprojectRows: readonly Row[] = [
  // The file
  ['error yaml.syntax', 'name: x\n«\t»python_env: y\n', /tab/i],
  ['error mlproject.empty', '«»', /'NoneType' object has no attribute 'keys'/],
  ['error mlproject.empty', '«»# a remark\n', /empty/],
  ['error mlproject.shape', '«- a»\n', /mapping.*a list.*'list' object has no attribute 'keys'/],
  [
    'warning mlproject.unknown-key',
    '«entrypoints»: {}\n',
    /Did you mean `entry_points`/,
    { fix: 'rename-key', to: 'entry_points' },
  ],
  ['warning mlproject.unknown-key', '«Name»: a\n', /`Name`.*`name`/, { fix: 'rename-key', to: 'name' }],
  [
    'warning mlproject.unknown-key',
    '«conda»: conda.yaml\n',
    /`conda_env`/,
    { fix: 'rename-key', to: 'conda_env' },
  ],
  ['warning mlproject.unknown-key', '«rocket»: x\n', /ignores the key `rocket`\.$/],
  ['warning mlproject.unknown-key', main('«comand»: echo\n    command: echo'), /`command`/],
  ['hint mlproject.ignored-remark', '«description»: what it does\n', /remark/],
  ['warning yaml.duplicate-key', '«name»: a\nname: b\n', /lost/],
  ['warning yaml.duplicate-key', parameter('{«type»: int, type: float}'), /comes again/],
  ['warning yaml.key-not-text', '«on»: a\n', /true or false \(`True`\)/, { fix: 'quote' }],
  [
    'warning mlproject.unreachable-entry-point',
    'entry_points:\n  «yes»: {command: echo}\n',
    /never finds/,
    { fix: 'quote' },
  ],

  // Environments
  [
    'error mlproject.several-environments',
    'python_env: python_env.yaml\n«conda_env»: conda.yaml\n',
    /`python_env` names one already/,
    { fix: 'remove-key' },
  ],
  ['warning mlproject.empty-environment', '«conda_env»:\n', /no environment/, { fix: 'remove-key' }],
  ['error mlproject.shape', 'conda_env: «[a]»\n', /join\(\) argument must be str.*'list'/],
  [
    'error mlproject.missing-environment-file',
    'python_env: «gone.yaml»\n',
    /no `gone.yaml`/,
    { fix: 'create-environment-file', path: 'gone.yaml', kind: 'python_env' },
  ],

  // Docker
  ['error mlproject.shape', 'name: a\ndocker_env: «image»\n', /'str' object has no attribute 'get'/],
  ['error mlproject.docker-without-image', 'name: a\n«docker_env»: {volumes: []}\n', /needs an `image`/],
  [
    'error mlproject.docker-without-name',
    '«docker_env»: {image: a}\n',
    /needs a `name`/,
    { fix: 'add-name' },
  ],
  [
    'warning mlproject.docker-image-not-text',
    'name: a\ndocker_env: {image: «3.9»}\n',
    /a number/,
    { fix: 'quote' },
  ],
  ['warning mlproject.unknown-key', 'name: a\ndocker_env: {image: a, «volume»: [b]}\n', /`volumes`/],
  ['error mlproject.shape', 'name: a\ndocker_env: {image: a, volumes: «/a:/b»}\n', /list of strings/],
  ['error mlproject.docker-volume', 'name: a\ndocker_env: {image: a, volumes: [«3»]}\n', /a whole number/],
  [
    'error mlproject.shape',
    'name: a\ndocker_env: {image: a, environment: «{A: b}»}\n',
    /environment must be a list/,
  ],
  ['error mlproject.docker-variable', 'name: a\ndocker_env: {image: a, environment: [«{A: b}»]}\n', /pair/],
  [
    'error mlproject.docker-variable',
    'name: a\ndocker_env: {image: a, environment: [«A=b»]}\n',
    /called `A=b`/,
    { fix: 'replace', to: '["A", "b"]' },
  ],
  [
    'error mlproject.docker-variable',
    'name: a\ndocker_env: {image: a, environment: [«[A]»]}\n',
    /IndexError/,
  ],
  [
    'warning mlproject.docker-variable-extra',
    'name: a\ndocker_env: {image: a, environment: [[A, b, «c, d»]]}\n',
    /ignores/,
  ],

  // Databricks
  [
    'error mlproject.spark-environment',
    'databricks_spark_job: {python_file: a.py}\n«conda_env»: conda.yaml\n',
    /no environment/,
    { fix: 'remove-key' },
  ],
  ['error mlproject.spark-without-work', '«databricks_spark_job»: {}\n', /needs a `python_file`/],
  [
    'error mlproject.spark-with-entry-points',
    'databricks_spark_job: {python_file: «a.py»}\nentry_points: {main: {command: python a.py}}\n',
    /not both/,
  ],
  [
    'error mlproject.spark-path-parameter',
    `databricks_spark_job: {}\n${parameter('«path»').replace('echo', 'python x')}`,
    /no parameter of type `path`/,
  ],
  [
    'error mlproject.spark-command',
    `databricks_spark_job: {}\n${main('command: «echo a»')}`,
    /begins with `python`/,
  ],
  [
    'warning mlproject.spark-value',
    'databricks_spark_job: {python_file: a.py, parameters: «a b»}\n',
    /is a list/,
  ],

  // Entry points
  ['error mlproject.shape', '«entry_points»:\n', /'NoneType' object has no attribute 'items'/],
  [
    'error mlproject.entry-point-shape',
    'entry_points:\n  «main»:\n',
    /'NoneType' object has no attribute 'get'/,
    { fix: 'add-command', entryPoint: 'main' },
  ],
  ['error mlproject.entry-point-shape', 'entry_points:\n  main: «python train.py»\n', /`command: …`/],
  [
    'error mlproject.without-command',
    'entry_points:\n  «main»: {parameters: {}}\n',
    /has no `command`/,
    { fix: 'add-command', entryPoint: 'main' },
  ],
  ['error mlproject.without-command', main('«command»:'), /is empty/],
  [
    'error mlproject.without-command',
    main('parameters: {a: path}\n    command: «{a}»'),
    /a mapping.*'dict' object has no attribute 'format'/,
    { fix: 'quote' },
  ],
  ['warning mlproject.empty-command', main('command: «""»'), /does nothing/],
  [
    'error mlproject.shape',
    main('«parameters»:\n    command: echo'),
    /'NoneType' object has no attribute 'items'/,
    { fix: 'remove-key' },
  ],

  // Parameters
  [
    'error mlproject.parameter-shape',
    parameter('«0.1»'),
    /'float' object has no attribute 'get'.*`a: \{default: 0.1\}`/,
    { fix: 'make-default', type: 'float' },
  ],
  ['error mlproject.parameter-shape', main('parameters:\n      «a»:\n    command: echo {a}'), /`a: string`/],
  [
    'warning mlproject.type-is-value',
    parameter('«"0.1"»'),
    /for the type/,
    { fix: 'make-default', type: 'float' },
  ],
  [
    'warning mlproject.malformed-key',
    parameter('{«type:int», default: 1}'),
    /`type: int` meant/,
    { fix: 'replace', to: 'type: int' },
  ],
  [
    'warning mlproject.malformed-key',
    parameter('{«type int», default: 1}'),
    /`type: int` meant/,
    { fix: 'replace', to: 'type: int' },
  ],
  ['warning mlproject.malformed-key', parameter('«type:float»'), /needs a space/],
  [
    'warning mlproject.unknown-key',
    parameter('{type: float, «defualt»: 1}'),
    /`default`/,
    { fix: 'rename-key', to: 'default' },
  ],
  [
    'warning mlproject.unknown-type',
    parameter('{type: «floot», default: 1}'),
    /`float`/,
    { fix: 'replace', to: 'float' },
  ],
  [
    'warning mlproject.unknown-type',
    parameter('«Path»'),
    /not treated as a path.*`path`/,
    { fix: 'replace', to: 'path' },
  ],
  ['warning mlproject.unknown-type', parameter('{type: «[float]», default: 1}'), /no type/],
  [
    'hint mlproject.undocumented-type',
    parameter('{type: «str», default: x}'),
    /`string`/,
    { fix: 'replace', to: 'string' },
  ],
  ['warning mlproject.default-not-of-type', parameter('{type: float, default: «abc»}'), /not a number/],
  ['warning mlproject.default-not-of-type', parameter('{type: int, default: «0.5»}'), /not a whole number/],
  ['error mlproject.default-rejected', parameter('{type: uri, default: «data.csv»}'), /needs a scheme/],
  [
    'error mlproject.default-rejected',
    parameter('{type: path, default: «3»}'),
    /must be text/,
    { fix: 'quote' },
  ],
  ['information mlproject.default-is-none', parameter('{type: float, default: «None»}'), /is text/],
  ['warning mlproject.missing-default-path', parameter('{type: path, default: «gone.csv»}'), /no `gone.csv`/],
  [
    'warning yaml.value-not-as-written',
    parameter('{type: float, default: «010»}'),
    /gets `8`/,
    { fix: 'quote' },
  ],
  ['warning yaml.value-not-as-written', parameter('{default: «1:30»}'), /gets `90`/],
  ['warning yaml.value-not-as-written', parameter('{default: «on»}'), /gets `True`/],
  ['warning yaml.value-not-as-written', parameter('{type: string, default: «3.10»}'), /gets `3.1`/],
  ['hint yaml.number-as-text', parameter('{type: float, default: «1e-3»}'), /as text/],
  [
    'warning mlproject.unused-parameter',
    main('parameters: {«a»: float}\n    command: echo'),
    /does not use `a`/,
    { fix: 'remove-parameter', entryPoint: 'main', name: 'a' },
  ],

  // Commands
  [
    'error mlproject.undeclared-parameter',
    command('echo {a} {«seed»}'),
    /declares no parameter `seed`.*KeyError/,
    { fix: 'declare-parameter', entryPoint: 'main', name: 'seed', type: 'string' },
  ],
  [
    'error mlproject.undeclared-parameter',
    main('parameters: {alpha: float}\n    command: echo {«aplha»}'),
    /Did you mean `alpha`/,
    { fix: 'replace', to: 'alpha' },
  ],
  ['error mlproject.undeclared-parameter', command('echo {« a »}'), /Did you mean `a`/],
  [
    'error mlproject.undeclared-parameter',
    command('"awk \'«{print $1}»\' {a}"'),
    /doubled/,
    { fix: 'double-braces' },
  ],
  [
    'error mlproject.undeclared-parameter',
    main('parameters: {a.b: float}\n    command: echo «{a.b}»'),
    /Rename/,
  ],
  ['error mlproject.shell-variable', command('echo {a} «${HOME}»'), /`\$HOME`/, { fix: 'double-braces' }],
  [
    'error mlproject.positional-placeholder',
    command('find . -exec cat «{}» + ; echo {a}'),
    /`\{\{\}\}`/,
    { fix: 'double-braces' },
  ],
  ['error mlproject.positional-placeholder', command('echo {a} «{0}»'), /IndexError/],
  ['error mlproject.command-format', command('echo {a} «}»'), /Single '}'/, { fix: 'double-braces' }],
  ['error mlproject.command-format', command('echo {a} «{»b'), /expected '}'/, { fix: 'double-braces' }],
  ['error mlproject.command-format', command('"echo {a:«.2f»}"'), /'\.2f'/],
  ['error mlproject.placeholder-access', command('echo {a«.b»}'), /AttributeError/],
  ['warning mlproject.placeholder-part', command('echo {a«[0]»}'), /part of the value/],
  [
    'warning mlproject.quoted-placeholder',
    command('"echo \'«{a}»\'"'),
    /quotes the value/,
    { fix: 'unquote' },
  ],
  [
    'warning mlproject.dollar-placeholder',
    command('echo «${a}»'),
    /written `\{a\}`/,
    { fix: 'replace', to: '{a}' },
  ],
];

export const pythonEnvRows: readonly Row[] = [
  ['error python-env.missing-file', 'dependencies: [numpy, «-r gone.txt»]\n', /no `gone.txt`/],
  ['error python-env.missing-file', 'build_dependencies:\n- «"--constraint=gone.txt"»\n', /no `gone.txt`/],
  ['error python-env.empty', '«»', /empty/],
  ['error python-env.shape', '«- a»\n', /a list/],
  [
    'error python-env.shape',
    'python: «3.10»\n',
    /must be a string but got <class 'float'>|must be a version/,
    { fix: 'quote' },
  ],
  ['error python-env.shape', 'dependencies: «numpy»\n', /must be a list/],
  ['error python-env.unknown-key', 'python: "3.10"\n«name»: x\n', /dies of any key/, { fix: 'remove-key' }],
  [
    'error python-env.unknown-key',
    '«requirements»: [a]\n',
    /`dependencies`/,
    { fix: 'rename-key', to: 'dependencies' },
  ],
  ['error python-env.item', 'dependencies: [a, «{pip: [b]}»]\n', /a mapping/],
  [
    'warning python-env.requirement',
    'dependencies: [numpy«=1.2»]\n',
    /`==1.2`/,
    { fix: 'replace', to: '==1.2' },
  ],
  ['warning python-env.version', 'python: «">=3.8"»\n', /no version/],
];

export const condaEnvRows: readonly Row[] = [
  ['error conda-env.missing-file', 'dependencies: [python=3.9, {pip: [«-r gone.txt»]}]\n', /no `gone.txt`/],
  ['error conda-env.empty', '«»', /empty/],
  ['error conda-env.shape', '«- a»\n', /a list/],
  ['error conda-env.shape', '«dependencies»:\n', /not iterable/],
  ['warning conda-env.requirement', 'dependencies: «python=3.9»\n', /nothing of it/],
  ['warning conda-env.requirement', 'dependencies: [python=3.9, {pip: [numpy«=1.2»]}]\n', /`==1.2`/],
  ['warning conda-env.unknown-key', '«chanels»: [a]\n', /`channels`/, { fix: 'rename-key', to: 'channels' }],
  [
    'error conda-env.item',
    'dependencies: [«python: 3.9»]\n',
    /`python=3.9`/,
    { fix: 'replace', to: 'python=3.9' },
  ],
  ['error conda-env.item', 'dependencies: [python=3.9, {pip: «a»}]\n', /list of requirements/],
  [
    'warning conda-env.several-pip',
    'dependencies: [python=3.9, {«pip»: [a]}, {pip: [b]}]\n',
    /only the last/,
  ],
  ['error conda-env.python-unpinned', 'dependencies: [«python»]\n', /must be pinned/],
  ['error conda-env.python-operator', 'dependencies: [«python>3.8»]\n', /`>`/],
  ['warning conda-env.python-dropped', 'dependencies: [«"python=3.8.*"»]\n', /no such pin/],
  ['information conda-env.python-lowest', 'dependencies: [«python>=3.8»]\n', /`python=3.8`/],
  ['hint conda-env.package-dropped', 'dependencies: [python=3.9, «numpy=1.2»]\n', /leaves this package out/],
];
