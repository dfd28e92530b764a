import {
  chmodSync,
  closeSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { every, experimentSays, isUnharmed, runSays, victimIs } from './checks';
import { edit, inTrees, inVictim, replaceByLink } from './fileDamage';
import { experimentsIn, runsIn } from './questions';
import type { Stage, StoreCase } from './storeCase';

type Oddity = Omit<StoreCase, 'group'>;

/** What the open store may say of a victim that it has read before: the fault hides what it knows. */
const victimIsThere = victimIs(() => undefined);

const manyEntries = ({ isShort }: Pick<Stage, 'isShort'>): number => (isShort ? 2_000 : 100_000);

const oddities: readonly Oddity[] = [
  {
    name: 'a run may not be read',
    scope: 'run',
    isPosix: true,
    inject: (stage) => {
      chmodSync(inVictim(stage, 'meta.yaml'), 0);
      chmodSync(inVictim(stage, 'params/depth'), 0);
      chmodSync(inVictim(stage, 'metrics'), 0);
    },
    check: runSays(/permission|may not|access/i),
    whenOpen: { scope: 'run', check: victimIsThere },
  },
  {
    name: 'a metric of 1 GiB of nothing',
    scope: 'run',
    deadline: 4000,
    inject: (stage) => {
      const file = openSync(inVictim(stage, 'metrics/loss'), 'r+');
      ftruncateSync(file, 2 ** 30);
      closeSync(file);
    },
    check: every(runSays(/\bloss\b/), victimIsThere),
  },
  {
    name: 'a directory of 100,000 entries',
    scope: 'run',
    deadline: 15_000,
    inject: (stage) => {
      mkdirSync(inVictim(stage, 'params/deep'));
      for (let index = 0; index < manyEntries(stage); index++)
        writeFileSync(inVictim(stage, 'params/deep', `p${index}`), '');
    },
    check: victimIs((run, stage) =>
      (run.problem ?? '').includes('params') || run.params.size > manyEntries(stage)
        ? undefined
        : 'params are left out without a word',
    ),
  },
  {
    name: 'experiments that link in a circle',
    scope: 'run',
    isPosix: true,
    inject: (stage) => {
      symlinkSync('222', join(stage.path, '111'));
      symlinkSync('111', join(stage.path, '222'));
      symlinkSync('.', join(stage.path, '333'));
      symlinkSync('..', inTrees(stage, 'up'));
      symlinkSync('..', inVictim(stage, 'params/round'));
    },
    check: victimIsThere,
  },
  {
    name: 'links that lead out of the store',
    scope: 'run',
    isPosix: true,
    inject: (stage) => {
      replaceByLink(inVictim(stage, 'params/optimizer'), join(stage.outside, 'secret.txt'));
      symlinkSync(join(stage.outside, 'secret.txt'), inVictim(stage, 'tags/borrowed'));
      symlinkSync(join(stage.outside, 'secret-run'), inTrees(stage, 'f'.repeat(32)));
      symlinkSync(stage.outside, join(stage.path, '444'));
      symlinkSync(join(stage.outside, 'secret-run'), join(stage.path, 'models/borrowed'));
    },
    check: runSays(/link|optimizer|borrowed/),
  },
  {
    name: 'the trash holds damaged leftovers',
    scope: 'nothing',
    inject: ({ path, ids }) => {
      cpSync(join(path, ids.ferns), join(path, '.trash/777'), { recursive: true });
      writeFileSync(join(path, '.trash/777/meta.yaml'), 'a: b: c');
      writeFileSync(join(path, '.trash/note.txt'), 'not an experiment');
      mkdirSync(join(path, 'stray.trash'));
    },
    check: isUnharmed,
  },
  {
    name: 'two folders claim one id',
    scope: 'nothing',
    inject: (stage) => {
      cpSync(inVictim(stage), inTrees(stage, 'copy of cedar'), { recursive: true });
      cpSync(join(stage.path, stage.ids.ferns), join(stage.path, '555'), { recursive: true });
    },
    check: (answers, { ids }) => {
      const runs = runsIn(answers, ids.trees).map(({ id }) => id);
      const experiments = experimentsIn(answers).map(({ id }) => id);
      const isDouble = new Set(runs).size < runs.length || new Set(experiments).size < experiments.length;
      return isDouble ? 'one id is listed twice' : undefined;
    },
  },
  {
    name: 'names in NFC and NFD',
    scope: 'run',
    inject: (stage) => {
      writeFileSync(inVictim(stage, 'params', 'caf\u00e9'), 'one');
      writeFileSync(inVictim(stage, 'params', 'cafe\u0301'), 'two');
    },
    check: victimIs(({ params }) => {
      const values = [params.get('caf\u00e9'), params.get('cafe\u0301')].join();
      // On some systems they are the same file.
      return ['one,two', 'two,', ',two', 'two,two'].includes(values)
        ? undefined
        : `their values are ${values}`;
    }),
  },
  {
    name: '%, : and a newline in names',
    scope: 'run',
    isPosix: true,
    inject: (stage) => {
      for (const name of ['50%2F', 'a:b', 'two\nlines', '__proto__']) {
        writeFileSync(inVictim(stage, 'params', name), 'odd');
      }
      mkdirSync(join(stage.path, '%2e%2e'));
      mkdirSync(join(stage.path, 'with\nnewline'));
    },
    check: victimIs(({ params, name }) => {
      if (name !== 'cedar') return 'the run is gone';
      const missing = ['50%2F', 'a:b', '__proto__'].filter((key) => params.get(key) !== 'odd');
      return missing.length === 0 ? undefined : `it lacks ${missing.join(', ')}`;
    }),
  },
  {
    name: 'names that differ in case alone',
    scope: 'run',
    isPosix: true,
    inject: (stage) => {
      writeFileSync(inVictim(stage, 'params/Depth'), '3');
      writeFileSync(inVictim(stage, 'params/DEPTH'), '4');
    },
    check: victimIs(({ params }) => {
      const values = ['depth', 'Depth', 'DEPTH'].map((key) => params.get(key)).join();
      return values === '2,3,4' || process.platform === 'darwin' ? undefined : `their values are ${values}`;
    }),
  },
  {
    name: 'a file in place of a directory',
    scope: 'run',
    inject: (stage) => {
      rmSync(inVictim(stage, 'metrics'), { recursive: true });
      writeFileSync(inVictim(stage, 'metrics'), 'not a folder');
    },
    check: runSays(/metrics/),
  },
  {
    name: 'an experiment’s meta.yaml is a link',
    scope: 'experiment',
    isPosix: true,
    inject: (stage) => {
      const meta = inTrees(stage, 'meta.yaml');
      renameSync(meta, join(stage.outside, 'meta.yaml'));
      edit(join(stage.outside, 'meta.yaml'), (text) => text.replace('trees', stage.canary));
      replaceByLink(meta, join(stage.outside, 'meta.yaml'));
    },
    check: experimentSays(/link/),
  },
];

/** The rows of reference/PERFORMANCE.md §7d that are more than one damaged file. */
export const fileOddities: readonly StoreCase[] = oddities.map((oddity) => ({ group: 'file+', ...oddity }));
