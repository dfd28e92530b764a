import { dirname } from 'node:path';
import type { MetricHistory, Run } from '../../../extension/tracking/model';
import type { FaultOptions } from '../faultOptions';
import { longestBlock } from '../verdict';
import type { BaseStore } from './baseStores';
import { findChange, findCrash, findDifference, findLostNeighbour, listWrong } from './judge';
import { LiveWriter } from './liveWriter';
import { listQuestions, runsIn, type Answers } from './questions';
import { setStage, strikeStage } from './stage';
import type { Complaint, Scope, Stage } from './storeCase';
import type { Reading, StoreProbe } from './storeProbe';
import { hashTree } from './storeTree';
import type { Judgement } from './trial';

/** An open store that somebody else writes to, and all that was read of it so far. */
export class LiveScene {
  readonly readings: Reading[] = [];
  private complaint: Complaint;
  private lost: Complaint;

  private constructor(
    readonly stage: Stage,
    readonly writer: LiveWriter,
    private readonly probe: StoreProbe,
    readonly baseline: Reading,
  ) {}

  /** Opens a copy of the store, starts the writer, plays, and judges; `play` answers what is left to complain about. */
  static async play({
    base,
    options,
    probe,
    script,
    args,
    play,
  }: {
    readonly base: BaseStore;
    readonly options: FaultOptions;
    readonly probe: StoreProbe;
    readonly script: string;
    readonly args: (stage: Stage) => readonly string[];
    readonly play: (scene: LiveScene) => Promise<Complaint>;
  }): Promise<Judgement> {
    const stage = setStage(base, options);
    let writer: LiveWriter | undefined;
    try {
      await probe.open('live', stage.kind, stage.path);
      const baseline = await probe.read('live', listQuestions(stage.ids), false);
      writer = await LiveWriter.start(script, ...args(stage));
      const scene = new LiveScene(stage, writer, probe, baseline);
      const last = await play(scene);
      return await scene.judge(last, options);
    } finally {
      await writer?.kill();
      strikeStage(stage);
    }
  }

  /** Reads all with the open store, and looks after what the writer leaves alone. */
  async read(scope: Scope): Promise<Answers> {
    const reading = await this.probe.read('live', listQuestions(this.stage.ids), true);
    this.readings.push(reading);
    this.lost ??= findLostNeighbour(this.baseline.answers, reading.answers, scope, this.stage);
    return reading.answers;
  }

  /** Reads again and again until the writer is done, and once more. */
  async readOn(scope: Scope, check: (answers: Answers) => Complaint): Promise<void> {
    for (let isLast = false; ; isLast = this.writer.isDone) {
      const answers = await this.read(scope);
      this.complaint ??= check(answers);
      if (isLast) return;
    }
  }

  /** Reads with a store opened just now. */
  async readAfresh(): Promise<Reading> {
    await this.probe.open('afresh', this.stage.kind, this.stage.path);
    const reading = await this.probe.read('afresh', listQuestions(this.stage.ids), false);
    await this.probe.close('afresh');
    return reading;
  }

  complainIf(complaint: Complaint): void {
    this.complaint ??= complaint;
  }

  /** Whether all is as it was before the writer came. */
  async findRelapse(): Promise<Complaint> {
    return findDifference(this.baseline.answers, await this.read('store'));
  }

  victimIn(answers: Answers): Run | undefined {
    return runsIn(answers, this.stage.ids.trees).find(({ id }) => id === this.stage.victim);
  }

  private async judge(relapse: Complaint, { isTimed }: FaultOptions): Promise<Judgement> {
    const folder = dirname(this.stage.path);
    // Closing its files is the last that a writer does to them.
    await this.writer.ends();
    const before = hashTree(folder);
    const fresh = await this.readAfresh();
    await this.probe.close('live');
    const after = hashTree(folder);
    const block = Math.max(...this.readings.map((reading) => reading.block.computing));
    const isHeldUp = isTimed && block > longestBlock;
    return {
      wrong: listWrong({
        alive: findCrash([...this.readings, fresh]),
        prompt: isHeldUp ? `the event loop was held up for ${Math.round(block)} ms` : undefined,
        neighbours: this.lost,
        message: this.complaint,
        store: findChange([before, after, after, after]),
        recovers: relapse,
      }),
      outcome: `read ${this.readings.length} times`,
      block,
    };
  }
}

/** The points of the victim's loss, which a writer only adds to: none is torn, none is lost, none goes away again. */
export class GrowingHistory {
  private known = 0;

  check(answers: Answers, victim: string): Complaint {
    const result = answers.get(`history ${victim}`);
    if (result?.ok !== true) return result?.message ?? 'no history';
    const { values, steps } = result.value as MetricHistory;
    if (values.length < this.known) return `${this.known} points have become ${values.length}`;
    this.known = values.length;
    for (let index = 0; index < values.length; index++) {
      const isRight = Number(steps[index]) === index && values[index] === 1 / (index + 3);
      if (!isRight) return `point ${index} is ${values[index]} at step ${steps[index]}`;
    }
    return undefined;
  }

  get length(): number {
    return this.known;
  }
}
