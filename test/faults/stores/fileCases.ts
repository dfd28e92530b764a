import { cpSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Run } from '../../../extension/tracking/model';
import { every, experimentSays, runSays, victimIs } from './checks';
import { appendToLoss, edit, inTrees, inVictim, makeFifo, replaceByLink } from './fileDamage';
import type { Check, Complaint, Stage, StoreCase } from './storeCase';

function hitRun(name: string, inject: (stage: Stage) => void, check: Check): StoreCase {
  return { group: 'file', name, scope: 'run', inject, check };
}

function hitExperiment(name: string, inject: (stage: Stage) => void, check: Check): StoreCase {
  return { group: 'file', name, scope: 'experiment', inject, check };
}

/** The points before the damage are kept, and so are the params and the other metric. */
function keepsTheRest(run: Run): Complaint {
  if (run.name !== 'cedar' || run.status !== 'FINISHED') return `the run is ${run.name}, ${run.status}`;
  if (run.params.get('depth') !== '2') return 'its params are gone';
  return run.metrics.get('accuracy')?.value === 0.6 ? undefined : 'its other metric is gone';
}

const damagedMetric = every(runSays(/\bloss\b/), victimIs(keepsTheRest));

/** What is not yet all there is no damage: a training may be about to write the rest. */
const unfinishedMetric = victimIs(
  (run) => keepsTheRest(run) ?? ([undefined, 4].includes(stepOf(run)) ? undefined : 'a torn point is shown'),
);

function stepOf(run: Run): number | undefined {
  const step = run.metrics.get('loss')?.step;
  return step === undefined ? undefined : Number(step);
}

function spoilMeta(name: string, change: (text: string, stage: Stage) => string, check: Check): StoreCase {
  return hitRun(
    name,
    (stage) => {
      edit(inVictim(stage, 'meta.yaml'), (text) => change(text, stage));
    },
    check,
  );
}

const withoutLine = (text: string, key: string): string => text.replace(new RegExp(`^${key}:.*\n`, 'm'), '');

/** One damaged file among five runs: what MLflow's own client does is in reference/PERFORMANCE.md §7c. */
export const fileCases: readonly StoreCase[] = [
  hitRun(
    'a metric’s last line is torn',
    (stage) => {
      appendToLoss(stage, '17500001');
    },
    unfinishedMetric,
  ),
  hitRun(
    'a metric is empty',
    (stage) => {
      truncateSync(inVictim(stage, 'metrics/loss'));
    },
    unfinishedMetric,
  ),
  hitRun(
    'a metric’s value is garbage',
    (stage) => {
      appendToLoss(stage, '1750000180000 much 5\n');
    },
    damagedMetric,
  ),
  hitRun(
    'a metric holds NUL bytes',
    (stage) => {
      appendToLoss(stage, Buffer.alloc(64));
      appendToLoss(stage, '\n');
    },
    damagedMetric,
  ),
  hitRun(
    'a line has too few or many fields',
    (stage) => {
      appendToLoss(stage, '1750000180000\n1750000180000 0.1 5 a b c\n');
    },
    damagedMetric,
  ),
  hitRun(
    'a metric’s time is a fraction',
    (stage) => {
      appendToLoss(stage, '1750000180000.5 0.1 5\n');
    },
    damagedMetric,
  ),
  hitRun(
    'a metric has a blank line',
    (stage) => {
      appendToLoss(stage, '\n1750000180000 0.1 5\n');
    },
    every(
      runSays(/\bloss\b/),
      victimIs((run) => keepsTheRest(run) ?? (stepOf(run) === 5 ? undefined : 'the point after it is gone')),
    ),
  ),
  hitRun(
    'bad UTF-8 in a metric',
    (stage) => {
      appendToLoss(stage, Buffer.from([0x31, 0x20, 0xff, 0xfe, 0x20, 0x35, 0x0a]));
    },
    damagedMetric,
  ),
  hitRun(
    'a run’s meta.yaml is cut off',
    (stage) => {
      const file = inVictim(stage, 'meta.yaml');
      truncateSync(file, Math.floor(statSync(file).size / 2));
    },
    runSays(/meta\.yaml/),
  ),
  spoilMeta('a run’s meta.yaml is empty', () => '', runSays(/meta\.yaml.*empty/)),
  hitRun(
    'a run’s meta.yaml is binary',
    (stage) => {
      const noise = Array.from({ length: 400 }, () => stage.random.below(256));
      writeFileSync(inVictim(stage, 'meta.yaml'), Buffer.from(noise));
    },
    runSays(/meta\.yaml/),
  ),
  spoilMeta('a run’s meta.yaml is not YAML', (text) => `${text}a: b: c\n\t- [`, runSays(/meta\.yaml/)),
  hitRun(
    'a run’s meta.yaml is missing',
    (stage) => {
      rmSync(inVictim(stage, 'meta.yaml'));
    },
    runSays(/meta\.yaml/),
  ),
  hitExperiment(
    'an experiment’s meta.yaml is empty',
    (stage) => {
      truncateSync(inTrees(stage, 'meta.yaml'));
    },
    experimentSays(/meta\.yaml.*empty/),
  ),
  hitExperiment(
    'an experiment’s is not YAML',
    (stage) => {
      edit(inTrees(stage, 'meta.yaml'), (text) => `${text}a: b: c\n\t- [`);
    },
    experimentSays(/meta\.yaml/),
  ),
  hitExperiment(
    'an experiment’s is missing',
    (stage) => {
      rmSync(inTrees(stage, 'meta.yaml'));
    },
    experimentSays(/meta\.yaml/),
  ),
  spoilMeta(
    'a Python object in meta.yaml',
    (text) => text.replace('user_id: ', 'user_id: !!python/object/apply:os.getcwd '),
    runSays(/meta\.yaml/),
  ),
  spoilMeta(
    'required keys are missing',
    (text) => withoutLine(withoutLine(withoutLine(text, 'start_time'), 'run_id'), 'user_id'),
    runSays(/start_time|run_id|user_id/),
  ),
  spoilMeta(
    'an unknown status',
    (text) => text.replace(/^status: .*/m, 'status: 77'),
    every(
      runSays(/status/),
      victimIs(({ status }) => (status === 'UNKNOWN' ? undefined : `its status is ${status}`)),
    ),
  ),
  hitRun(
    'bad UTF-8 in a tag',
    (stage) => {
      writeFileSync(inVictim(stage, 'tags/stage'), Buffer.from([0x61, 0xff, 0x62]));
    },
    runSays(/\bstage\b/),
  ),
  hitRun(
    'bad UTF-8 in a param',
    (stage) => {
      writeFileSync(inVictim(stage, 'params/optimizer'), Buffer.from([0xc3, 0x28]));
    },
    runSays(/\boptimizer\b/),
  ),
  hitRun(
    'a param is a link to nothing',
    (stage) => {
      replaceByLink(inVictim(stage, 'params/optimizer'), 'nothing-here');
    },
    runSays(/\boptimizer\b/),
  ),
  spoilMeta(
    'another run’s id in meta.yaml',
    (text, { ids }) => text.replace(/^run_id: .*/m, `run_id: ${String(ids.runs[0])}`),
    runSays(/another run/),
  ),
  spoilMeta(
    'another experiment’s id in meta.yaml',
    (text, { ids }) => text.replace(/^experiment_id: .*/m, `experiment_id: '${ids.ferns}'`),
    runSays(/another experiment/),
  ),
  hitRun(
    '.DS_Store among the metrics',
    (stage) => {
      writeFileSync(inVictim(stage, 'metrics/.DS_Store'), Buffer.from([0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31]));
    },
    // What no person logged is no damage, and no metric either.
    victimIs((run) => keepsTheRest(run) ?? (run.metrics.size === 2 ? undefined : 'it is shown as a metric')),
  ),
  hitRun(
    'illegal characters in a tag’s name',
    (stage) => {
      writeFileSync(inVictim(stage, 'tags/a@b'), 'odd');
    },
    victimIs(keepsTheRest),
  ),
  {
    ...hitRun(
      'a metric is a FIFO',
      (stage) => {
        makeFifo(inVictim(stage, 'metrics/loss'));
      },
      damagedMetric,
    ),
    isPosix: true,
  },
  hitRun(
    'a directory in place of a param',
    (stage) => {
      rmSync(inVictim(stage, 'params/optimizer'));
      mkdirSync(inVictim(stage, 'params/optimizer'));
      cpSync(inVictim(stage, 'metrics/loss'), inVictim(stage, 'params/optimizer/sgd'));
    },
    // Names with a slash are kept as folders, so this is a param of another name.
    victimIs((run) => (run.name === 'cedar' ? undefined : 'the run is gone')),
  ),
];
