import { experimentsIn, runsIn, type Answers } from './questions';
import { GrowingHistory, LiveScene } from './live';
import type { Complaint } from './storeCase';
import type { Trial } from './trial';

interface FileScene {
  readonly name: string;
  readonly mode: string;
  /** Seconds or a count, for a test and for a measurement. */
  readonly amount: readonly [short: number, full: number];
  readonly play: (scene: LiveScene, amount: number) => Promise<Complaint>;
}

const scenes: readonly FileScene[] = [
  {
    name: 'points are appended',
    mode: 'append',
    amount: [1.5, 60],
    play: async (scene) => {
      const history = new GrowingHistory();
      await scene.readOn('run', (answers) => {
        const run = scene.victimIn(answers);
        if (run?.problem !== undefined) return run.problem;
        return history.check(answers, scene.stage.victim);
      });
      const written = scene.writer.lastWord;
      return String(history.length) === written ? undefined : `${history.length} of ${written} points`;
    },
  },
  {
    name: 'a torn write, then a pause',
    mode: 'tear',
    amount: [1, 1],
    play: async (scene) => {
      await scene.writer.says('torn');
      const history = new GrowingHistory();
      const torn = await scene.read('run');
      scene.complainIf(scene.victimIn(torn)?.problem ?? history.check(torn, scene.stage.victim));
      scene.complainIf(history.length === 5 ? undefined : `${history.length} points are shown`);
      scene.writer.goOn();
      await scene.writer.says('done');
      const run = scene.victimIn(await scene.read('run'));
      return run?.metrics.get('loss')?.step === 5 ? undefined : 'the point is not there when it is whole';
    },
  },
  {
    name: 'a run’s folder is renamed',
    mode: 'move',
    amount: [1, 1],
    play: async (scene) => {
      scene.writer.goOn();
      await scene.writer.says('renamed');
      const runs = runsIn(await scene.read('run'), scene.stage.ids.trees);
      const odd = runs.filter(({ problem }) => problem !== undefined);
      scene.complainIf(
        odd.length === 1 && runs.length === 5 ? undefined : `${runs.length} runs, ${odd.length} odd`,
      );
      scene.writer.goOn();
      await scene.writer.says('done');
      return scene.findRelapse();
    },
  },
  {
    name: 'runs are deleted amid a look',
    mode: 'delete',
    amount: [150, 990],
    play: async (scene, amount) => {
      await scene.writer.says('there');
      const { length } = runsIn(await scene.read('store'), scene.stage.ids.trees);
      scene.complainIf(length === amount + 5 ? undefined : `${length} runs are listed`);
      scene.writer.goOn();
      await scene.readOn('store', (answers) => findFailure(scene, answers));
      return scene.findRelapse();
    },
  },
  {
    name: 'an experiment is restored',
    mode: 'restore',
    amount: [1, 1],
    play: async (scene) => {
      await scene.writer.says('loaded');
      scene.writer.goOn();
      await scene.writer.says('deleted');
      const deleted = experimentsIn(await scene.read('tree')).find(({ id }) => id === scene.stage.ids.trees);
      scene.complainIf(
        deleted?.lifecycle === 'deleted' ? undefined : `it is ${deleted?.lifecycle ?? 'gone'}`,
      );
      scene.writer.goOn();
      await scene.writer.says('done');
      const answers = await scene.read('tree');
      const restored = experimentsIn(answers).find(({ id }) => id === scene.stage.ids.trees);
      if (restored?.lifecycle !== 'active') return `it is ${restored?.lifecycle ?? 'gone'}`;
      const runs = runsIn(answers, scene.stage.ids.trees);
      return runs.length === 5 ? undefined : `${runs.length} runs are listed`;
    },
  },
  {
    name: 'many runs appear',
    mode: 'grow',
    amount: [200, 995],
    play: async (scene, amount) => {
      let known = 5;
      scene.writer.goOn();
      await scene.readOn('store', (answers) => {
        const { length } = runsIn(answers, scene.stage.ids.trees);
        const complaint =
          length < known ? `${known} runs have become ${length}` : findFailure(scene, answers);
        known = length;
        return complaint;
      });
      const runs = runsIn(await scene.read('store'), scene.stage.ids.trees);
      const whole = runs.filter(({ params, problem }) => params.has('depth') && problem === undefined);
      return whole.length === amount + 5 ? undefined : `${whole.length} of ${runs.length} runs are whole`;
    },
  },
];

/** Listings succeed, and the five are in them with their data. */
function findFailure(scene: LiveScene, answers: Answers): Complaint {
  const { trees, runs } = scene.stage.ids;
  const result = answers.get(`runs ${trees}`);
  if (result?.ok !== true) return result?.message ?? 'no answer';
  const listed = runsIn(answers, trees);
  const lacking = runs.filter((id) => listed.find((run) => run.id === id)?.metrics.size !== 2);
  return lacking.length === 0 ? undefined : `${lacking.length} of the five are not shown`;
}

/** What happens to a file store while it is open. */
export const fileLiveTrials: readonly Trial[] = scenes.map(({ name, mode, amount: [short, full], play }) => ({
  group: 'file live',
  name,
  run: (probe, { bases, options }) => {
    const amount = options.isShort ? short : full;
    return LiveScene.play({
      base: bases.files,
      options,
      probe,
      script: 'liveFiles.py',
      args: ({ path, ids, victim }) => [mode, path, ids.trees, victim, String(amount)],
      play: (scene) => play(scene, amount),
    });
  },
}));
