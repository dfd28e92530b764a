import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MetricHistory } from '../../../extension/tracking/model';
import { makeOnce, type StoreIds } from './baseStores';
import { findChange, findCrash, findDelay, listWrong, sumUp } from './judge';
import { experimentsIn, listQuestions, runsIn, type Answers } from './questions';
import { setStage, strikeStage } from './stage';
import type { Complaint } from './storeCase';
import { hashTree } from './storeTree';
import type { StoreProbe } from './storeProbe';
import type { Judgement, Theatre, Trial } from './trial';

/** How many schemas the newest MLflow has had. */
const schemaCount = 67;

/** What schemas.py puts in; there is a single experiment, and no model. */
const ids: StoreIds = {
  trees: '1',
  ferns: '1',
  runs: ['a'.repeat(32), 'e'.repeat(32)],
  fernRun: 'a'.repeat(32),
};
const noModel = ['versions'];
const questions = listQuestions(ids).filter(({ name }) => !noModel.includes(name));

/** Databases of each schema, oldest first, which MLflow itself would rewrite before it reads them. */
export const schemaTrials: readonly Trial[] = Array.from({ length: schemaCount }, (_, index) => ({
  group: 'schema',
  name: `${index + 1} of ${schemaCount}`,
  run: (probe, theatre) => readSchema(index, probe, theatre),
}));

/** Has MLflow make them all, once; answers the folder of revisions.json. */
export async function makeSchemas(): Promise<string> {
  return makeOnce('schemas.py', 'schema-stores');
}

async function readSchema(index: number, probe: StoreProbe, theatre: Theatre): Promise<Judgement> {
  const { bases, options, schemas: folder } = theatre;
  const revisions = JSON.parse(readFileSync(join(folder, 'revisions.json'), 'utf8')) as readonly string[];
  if (revisions.length !== schemaCount) throw new Error(`MLflow has had ${revisions.length} schemas`);
  const revision = String(revisions[index]);
  const stage = setStage(bases.sqlite, options);
  try {
    cpSync(join(folder, `${revision}.db`), stage.path);
    const before = hashTree(dirname(stage.path));
    await probe.open('old', 'sqlite', stage.path);
    const reading = await probe.read('old', questions, false);
    const after = hashTree(dirname(stage.path));
    await probe.close('old');
    return {
      wrong: listWrong({
        alive: findCrash([reading]),
        prompt: options.isTimed ? findDelay([reading], 2000) : undefined,
        message: findWrong(reading.answers),
        store: findChange([before, after, after, hashTree(dirname(stage.path))]),
      }),
      outcome: `${revision}: ${sumUp(reading, { victim: '' })}`,
      block: reading.block.computing,
    };
  } finally {
    strikeStage(stage);
  }
}

function findWrong(answers: Answers): Complaint {
  for (const [name, result] of answers) if (!result.ok) return `${name}: ${result.message}`;
  const experiments = experimentsIn(answers).map(({ name }) => name);
  if (!experiments.includes('trees')) return `the experiments are ${experiments.join()}`;
  const runs = runsIn(answers, ids.trees).map(
    ({ name, status, params, metrics }) =>
      `${name} ${status} ${params.get('depth') ?? '-'} ${metrics.get('loss')?.value ?? '-'}`,
  );
  // Before the table of latest metrics there was no step: the later of the two times counts.
  if (runs.join() !== 'elm RUNNING - -,ash FINISHED 7 0.25') return `the runs are ${runs.join()}`;
  const history = answers.get(`history ${ids.fernRun}`);
  const values = history?.ok === true ? (history.value as MetricHistory).values.join() : '';
  return values === '0.5,0.25' ? undefined : `the history is ${values}`;
}
