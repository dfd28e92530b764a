import { command, main, type Row } from './diagnosticRows';

/** What a command runs, in a project of the scripts that diagnose.test.ts has. */
export const scriptRows: readonly Row[] = [
  ['warning mlproject.missing-script', command('cd src && python «gone.py» {a}'), /no `src\/gone.py`/],
  [
    'warning mlproject.undeclared-option',
    command('python train.py «--lrr» {a}'),
    /declares no option `--lrr`.*`--lr`/,
    { fix: 'replace', to: '--lr' },
  ],
  [
    'warning mlproject.option-type',
    main('parameters: {a: {type: float, default: 0.5}}\n    command: python train.py --epochs «{a}»'),
    /whole number.*`0.5`/,
  ],
  [
    'warning mlproject.option-type',
    main('parameters: {a: path}\n    command: python train.py --lr «{a}»'),
    /declared as `path`/,
  ],
  [
    'warning mlproject.option-type',
    main('parameters: {a: {default: adam}}\n    command: python train.py --solver «{a}»'),
    /one of lbfgs, sag/,
  ],
  ['warning mlproject.missing-folder', command('cd «gone» && python x.py {a}'), /no folder `gone`/],
  [
    'warning mlproject.flag-value',
    command('python train.py --lr {a} --fast «True»'),
    /`--fast` of `train.py` is a flag/,
  ],
  ['warning mlproject.flag-value', command('python train.py --fast=«{a}»'), /is a flag/],
  ['warning mlproject.flag-value', command('python train.py --fast «{a}»'), /is a flag/],
  ['warning mlproject.flag-value', command('python place.py {a} x --quiet «y»'), /is a flag/],
  [
    'warning mlproject.missing-option',
    command('python «need.py» --out {a} | tee log'),
    /`need.py` stops without `--data`, which the command does not pass/,
    { fix: 'pass-options', entryPoint: 'main' },
  ],
  ['warning mlproject.missing-option', command('python «place.py» {a}'), /stops without `out`/],
  ['warning mlproject.missing-option', command('python «cli.py» show {a}'), /stops without `--config`/],
  [
    'information mlproject.option-from-run',
    command('python «need.py» --out {a}'),
    /a run must give it what this entry point does not declare, `-P data=…`/,
    { fix: 'pass-options', entryPoint: 'main' },
  ],
  [
    'warning mlproject.unknown-command',
    command('python cli.py --config {a} «shwo»'),
    /`cli.py` has no command `shwo`.*`show`/,
    { fix: 'replace', to: 'show' },
  ],
  [
    'warning mlproject.undeclared-option',
    command('python cli.py --config {a} «--n» 1 show x'),
    /takes `--n` only behind `show`/,
  ],
  [
    'warning mlproject.undeclared-option',
    command('python cli.py --config {a} show x «--config» b'),
    /takes `--config` only in front of `show`/,
  ],
  [
    'warning mlproject.undeclared-option',
    command('python cli.py --config {a} show x «--m» b'),
    /`cli.py show` declares no option `--m`/,
  ],
  ['warning mlproject.unknown-entry-point', main('command: mlflow run . -e «man»'), /no entry point `man`/],
  [
    'warning mlproject.missing-parameter',
    `${main('parameters: {a: path, lr: {default: 1}}\n    command: python train.py {a} --lr {lr}')}  all: {command: mlflow run . -e «main» -P lr=2}\n`,
    /must be given `a`/,
  ],
  [
    'warning mlproject.undeclared-option',
    `${main('command: python train.py')}  all: {command: mlflow run . -P «epocs»=2}\n`,
    /declares no parameter `epocs`, and its script/,
  ],
];
