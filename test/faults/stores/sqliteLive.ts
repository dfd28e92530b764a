import { GrowingHistory, LiveScene } from './live';
import type { Answers } from './questions';
import { findDifference } from './judge';
import type { Complaint } from './storeCase';
import type { Trial } from './trial';

interface SqliteScene {
  readonly name: string;
  readonly mode: string;
  readonly play: (scene: LiveScene) => Promise<Complaint>;
}

/** What one transaction wrote is seen together. */
function findTear(scene: LiveScene, answers: Answers): Complaint {
  const run = scene.victimIn(answers);
  const step = run?.metrics.get('loss')?.step;
  const tag = run?.tags.get('step') ?? '4';
  return String(step) === tag ? undefined : `the loss is of step ${step}, the tag says ${tag}`;
}

const scenes: readonly SqliteScene[] = [
  {
    name: 'a writer',
    mode: 'write',
    play: async (scene) => {
      const history = new GrowingHistory();
      await scene.readOn(
        'run',
        (answers) => findTear(scene, answers) ?? history.check(answers, scene.stage.victim),
      );
      const written = scene.writer.lastWord;
      return String(history.length) === written ? undefined : `${history.length} of ${written} points`;
    },
  },
  {
    name: 'locked for a while',
    mode: 'lock',
    play: async (scene) => {
      scene.writer.goOn();
      await scene.writer.says('locked');
      const answers = await scene.read('store');
      for (const result of answers.values()) {
        if (!result.ok && result.kind !== 'locked') scene.complainIf(`${result.kind}: ${result.message}`);
        if (!result.ok && !result.message.includes('lock'))
          scene.complainIf(`the message is: ${result.message}`);
      }
      const isAnswered = [...answers.values()].every(({ ok }) => ok);
      if (isAnswered) scene.complainIf(findDifference(scene.baseline.answers, answers));
      scene.writer.goOn();
      await scene.writer.says('done');
      return scene.findRelapse();
    },
  },
  {
    name: 'kill -9 amid a transaction',
    mode: 'crash',
    play: async (scene) => {
      await scene.writer.says('amid');
      await scene.writer.kill();
      const history = new GrowingHistory();
      for (const answers of [await scene.read('run'), (await scene.readAfresh()).answers]) {
        scene.complainIf(findTear(scene, answers) ?? history.check(answers, scene.stage.victim));
      }
      return history.length === 9 ? undefined : `${history.length} of 9 points`;
    },
  },
];

/** What happens to a database while it is open, in both journal modes. */
export const sqliteLiveTrials: readonly Trial[] = (['delete', 'wal'] as const).flatMap((journal) =>
  scenes.map(({ name, mode, play }): Trial => ({
    group: 'sqlite live',
    name: `${journal}: ${name}`,
    run: (probe, { bases, options }) =>
      LiveScene.play({
        base: bases.sqlite,
        options,
        probe,
        script: 'liveSqlite.py',
        args: ({ path, victim }) => [mode, path, journal, victim, options.isShort ? '1.5' : '30'],
        play,
      }),
  })),
);
