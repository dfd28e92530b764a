import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../../extension/tracking/model';
import { experimentMeta, fingerprintOf, openReader, runId, runMeta, useFolder, writeTree } from './mlruns';

const [broken, other] = [runId('a'), runId('b')];

/** What is done to one run, what is then said of it, and what is still read of it. */
const runFaults: readonly (readonly [string, (run: string) => void, RegExp | undefined])[] = [
  ['an empty meta.yaml', (run) => writeFileSync(join(run, 'meta.yaml'), ''), /^meta\.yaml is empty$/],
  [
    'a meta.yaml that breaks off',
    (run) => writeFileSync(join(run, 'meta.yaml'), runMeta(broken).slice(0, 60)),
    /^meta\.yaml is cut off$/,
  ],
  [
    'a meta.yaml that is no YAML',
    (run) => writeFileSync(join(run, 'meta.yaml'), 'a: b: c: [\n'),
    /^meta\.yaml is not valid YAML$/,
  ],
  [
    'a meta.yaml of bytes',
    (run) => writeFileSync(join(run, 'meta.yaml'), Buffer.from([0, 1, 2, 255, 10])),
    /^meta\.yaml is not a text file$/,
  ],
  [
    'a meta.yaml without run_id',
    (run) => writeFileSync(join(run, 'meta.yaml'), runMeta(broken).replace(/run_id.*\n/, '')),
    /^meta\.yaml lacks run_id$/,
  ],
  [
    'a meta.yaml of another run',
    (run) => writeFileSync(join(run, 'meta.yaml'), runMeta(runId('c'))),
    /^meta\.yaml belongs to another run, c{32}$/,
  ],
  [
    'an unknown status',
    (run) => writeFileSync(join(run, 'meta.yaml'), runMeta(broken, { status: '9' })),
    /^meta\.yaml has no valid status$/,
  ],
  ['no meta.yaml', (run) => rmSync(join(run, 'meta.yaml')), /^meta\.yaml is missing$/],
  [
    'a folder as meta.yaml',
    (run) => {
      rmSync(join(run, 'meta.yaml'));
      mkdirSync(join(run, 'meta.yaml'));
    },
    /^meta\.yaml is not a file$/,
  ],
  [
    'a bad metric line',
    (run) => writeFileSync(join(run, 'metrics/loss'), '1 0.5 0\n2 oops 1\n'),
    /^metrics\/loss line 2 is not a metric point$/,
  ],
  [
    'a blank metric line',
    (run) => writeFileSync(join(run, 'metrics/loss'), '1 0.5 0\n\n'),
    /^metrics\/loss line 2 is not a metric point$/,
  ],
  ['an empty metric', (run) => writeFileSync(join(run, 'metrics/loss'), ''), /^metrics\/loss is empty$/],
  [
    'a metric that breaks off',
    (run) => writeFileSync(join(run, 'metrics/loss'), '1 0.5 0\n2 0.'),
    /^metrics\/loss is cut off in line 2$/,
  ],
  [
    'a metric of NUL bytes',
    (run) => writeFileSync(join(run, 'metrics/loss'), Buffer.alloc(100)),
    /^metrics\/loss is cut off in line 1$/,
  ],
  [
    'a metric of 1 GiB',
    (run) => truncateSync(join(run, 'metrics/loss'), 2 ** 30),
    /^metrics\/loss is larger than 512 MiB$/,
  ],
  [
    'a param above 1 MiB',
    (run) => writeFileSync(join(run, 'params/lr'), 'x'.repeat(2 ** 21)),
    /^params\/lr is longer than 1 MiB$/,
  ],
  [
    'a pipe as a tag',
    (run) => execFileSync('mkfifo', [join(run, 'tags/pipe')]),
    /^tags\/pipe is neither a file nor a folder$/,
  ],
  [
    'a link out of the store',
    (run) => symlinkSync('/etc/passwd', join(run, 'params/secret')),
    /^params\/secret is a link that leads out of the store|^secret is a link that leads out of the store$/,
  ],
  [
    'a link to nothing',
    (run) => symlinkSync('nowhere', join(run, 'params/lost')),
    /^lost is a link that leads nowhere$/,
  ],
  [
    'a link in a circle',
    (run) => symlinkSync('loop', join(run, 'params/loop')),
    /^loop is a link that leads in a circle$/,
  ],
  [
    'a link to a folder above',
    (run) => symlinkSync('..', join(run, 'params/up')),
    /^params\/up is a link to a folder$/,
  ],
  [
    'metrics that are a file',
    (run) => {
      rmSync(join(run, 'metrics'), { recursive: true });
      writeFileSync(join(run, 'metrics'), '');
    },
    /^metrics is not a folder$/,
  ],
  [
    'a tag that is not UTF-8',
    (run) => writeFileSync(join(run, 'tags/note'), Buffer.from([0x61, 0xff, 0x62])),
    /^tags\/note is not UTF-8$/,
  ],
  [
    'an object of Python’s',
    (run) =>
      writeFileSync(join(run, 'meta.yaml'), `${runMeta(broken)}x: !!python/object/apply:os.getcwd []\n`),
    /^meta\.yaml holds an object of a kind that MLflow does not read$/,
  ],
  [
    'a tag with a character that stands for bad ones',
    (run) => writeFileSync(join(run, 'tags/note'), '\uFFFD'),
    undefined,
  ],
  ['no metrics folder', (run) => rmSync(join(run, 'metrics'), { recursive: true }), undefined],
  ['a leftover of a file manager', (run) => writeFileSync(join(run, 'metrics/.DS_Store'), 'Bud1'), undefined],
];

describe('A damaged run', () => {
  const folder = useFolder();

  const store = (): string => {
    const root = join(folder.path, 'mlruns');
    writeTree(root, { '0/meta.yaml': experimentMeta('0') });
    for (const id of [broken, other]) {
      writeTree(join(root, '0', id), {
        'meta.yaml': runMeta(id),
        'metrics/loss': '1 0.5 0\n2 0.25 1\n',
        'params/lr': '0.1',
        'tags/mlflow.runName': 'named',
        artifacts: null,
      });
    }
    return root;
  };

  const list = (root: string): readonly Run[] => {
    const reader = openReader(root);
    reader.connect();
    return reader.searchRuns({ experimentIds: ['0'], view: 'all', pageSize: 10 }).items;
  };

  for (const [name, inflict, problem] of runFaults) {
    it(`with ${name} is listed with that problem, beside the others, and is not changed`, () => {
      const root = store();
      inflict(join(root, '0', broken));
      const before = fingerprintOf(root);
      const runs = new Map(list(root).map((run) => [run.id, run]));
      deepEqual([...runs.keys()].sort(), [broken, other]);
      equal(runs.get(other)?.problem, undefined);
      equal(runs.get(other)?.params.get('lr'), '0.1');
      if (problem) ok(problem.test(runs.get(broken)?.problem ?? ''), runs.get(broken)?.problem);
      else equal(runs.get(broken)?.problem, undefined);
      ok(![...(runs.get(broken)?.params.values() ?? [])].some((value) => value.includes('root:')));
      equal(fingerprintOf(root), before);
    });
  }

  it('is whole again as soon as it is mended', () => {
    const root = store();
    const reader = openReader(root);
    const meta = join(root, '0', broken, 'meta.yaml');
    writeFileSync(meta, 'a: b: c: [\n');
    equal(reader.getRun(broken).problem, 'meta.yaml is not valid YAML');
    writeFileSync(meta, runMeta(broken));
    equal(reader.getRun(broken).problem, undefined);
    equal(reader.getRun(broken).name, 'run-aaaa');
  });

  it('that is still running may have a metric of which nothing or half a line is written', () => {
    const root = store();
    writeFileSync(join(root, '0', broken, 'meta.yaml'), runMeta(broken, { status: '1', end_time: 'null' }));
    writeFileSync(join(root, '0', broken, 'metrics/loss'), '1 0.5 0\n2 0.');
    writeFileSync(join(root, '0', broken, 'metrics/new'), '');
    const run = openReader(root).getRun(broken);
    equal(run.problem, undefined);
    deepEqual([...run.metrics], [['loss', { value: 0.5, step: 0, timestamp: 1 }]]);
  });

  it('answers filters with what can be read of it, never with what a link leads to', () => {
    const root = store();
    const secret = join(folder.path, 'secret');
    writeTree(folder.path, { 'secret/token': 'hidden' });
    rmSync(join(root, '0', broken, 'params'), { recursive: true });
    symlinkSync(secret, join(root, '0', broken, 'params'));
    const search = (filter: string) =>
      openReader(root).searchRuns({ experimentIds: ['0'], view: 'all', pageSize: 10, filter }).items.length;
    equal(search("params.token = 'hidden'"), 0);
    equal(search("params.`../../../../secret/token` = 'hidden'"), 0);
    equal(search("params.lr = '0.1'"), 1);
  });

  it('whose folder is a link out of the store is listed, and nothing behind the link is read', () => {
    const root = store();
    const run = join(root, '0', broken);
    const outside = join(folder.path, 'outside');
    renameSync(run, outside);
    symlinkSync(outside, run);
    symlinkSync(folder.path, join(root, '1'));
    const found = list(root).find(({ id }) => id === broken);
    equal(found?.problem, `${broken} is a link that leads out of the store`);
    deepEqual([found.name, found.params.size, found.metrics.size, found.tags.size], ['', 0, 0, 0]);
    throws(() => openReader(root).getMetricHistory(broken, 'loss'), /leads out of the store/);
    const query = { experimentIds: ['0'], view: 'all', pageSize: 10, filter: "params.lr = '0.1'" } as const;
    deepEqual(
      openReader(root)
        .searchRuns(query)
        .items.map(({ id }) => id),
      [other],
    );
  });

  it('with more params than any run has shows the first 20,000 and says so', () => {
    const root = store();
    const params = join(root, '0', broken, 'params');
    for (let index = 0; index < 20_000; index++) writeFileSync(join(params, `p${index}`), '');
    const run = openReader(root).getRun(broken);
    equal(run.problem, 'params holds more than 20,000 files');
    equal(run.params.size, 20_000);
    equal(run.params.get('lr'), '0.1');
  });

  it('gives way to a whole one of the same id', () => {
    const root = store();
    cpSync(join(root, '0'), join(root, '00'), { recursive: true });
    cpSync(join(root, '0'), join(root, '!'), { recursive: true });
    const run = openReader(root).getRun(broken);
    equal(run.problem, undefined);
    equal(run.experimentId, '0');
  });

  it('with odd names of keys keeps them all apart', () => {
    const root = store();
    const names = [
      'é',
      'e\u0301',
      'a%2Fb',
      'a:b',
      'two\nlines',
      'Case',
      'case',
      '__proto__',
      'deep/er/key',
      '.hidden',
    ];
    writeTree(
      join(root, '0', broken, 'params'),
      Object.fromEntries(names.map((name) => [name, `of ${name}`])),
    );
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, '0', broken, 'params/')), Buffer.from([255, 254])]),
      'raw',
    );
    const { params, problem } = openReader(root).getRun(broken);
    for (const name of names) equal(params.get(name), `of ${name}`, name);
    equal(params.get('\uFFFD\uFFFD'), 'raw');
    equal(problem, undefined);
  });

  it('may have files with two names', () => {
    const root = store();
    linkSync(join(root, '0', broken, 'params/lr'), join(root, '0', broken, 'params/rate'));
    equal(openReader(root).getRun(broken).params.get('rate'), '0.1');
  });
});
