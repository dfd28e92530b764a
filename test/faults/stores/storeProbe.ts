import { join } from 'node:path';
import { findOnPath } from '../../support/tools';
import type { Acted } from '../acted';
import { endBy, MeasuredProcess } from '../measuredProcess';
import type { StoreKind } from './baseStores';
import type { ProbeRequest } from './probeMessages';
import { connecting, type Answers, type Question } from './questions';

/** Whoever is still not done by then never will be, in ms. */
const hang = 20_000;

/** Everything that was seen while a store was read once. */
export interface Reading extends Pick<Acted, 'block' | 'crashes'> {
  readonly answers: Answers;
  readonly ms: number;
}

/** The process that holds the LocalStores, seen from the one that runs the cases. */
export class StoreProbe {
  private constructor(private readonly measured: MeasuredProcess<ProbeRequest>) {}

  static async start(): Promise<StoreProbe> {
    return new StoreProbe(
      await MeasuredProcess.start(join(__dirname, 'probe.js'), { prefix: asOrdinaryUser() }),
    );
  }

  async open(store: string, kind: StoreKind, path: string): Promise<void> {
    await this.measured.ask({ kind: 'open', store, at: { kind, path } });
  }

  async close(store: string): Promise<void> {
    await endBy(hang, this.measured.ask({ kind: 'close', store }));
  }

  /** Connects if need be, then asks everything at once. */
  async read(store: string, questions: readonly Question[], isConnected: boolean): Promise<Reading> {
    const start = performance.now();
    const first = isConnected ? undefined : await this.ask(store, [connecting]);
    const then = await this.ask(store, questions);
    const [connect] = first?.results ?? [];
    return {
      answers: new Map([
        ...(connect ? [['connect', connect] as const] : []),
        ...questions.flatMap(({ name }, index) => {
          const result = then.results[index];
          return result ? [[name, result] as const] : [];
        }),
      ]),
      block: (first?.block.computing ?? 0) > then.block.computing && first ? first.block : then.block,
      crashes: [...(first?.crashes ?? []), ...then.crashes],
      ms: performance.now() - start,
    };
  }

  async stop(): Promise<void> {
    await this.measured.stop();
  }

  private async ask(store: string, questions: readonly Question[]): Promise<Acted> {
    return (await endBy(hang, this.measured.ask({ kind: 'ask', store, questions }))) as Acted;
  }
}

/** Root may read everything, so there it runs without that right: as an owner whom chmod binds. */
function asOrdinaryUser(): readonly string[] {
  if (process.getuid?.() !== 0 || findOnPath('setpriv') === undefined) return [];
  const rights = '-dac_override,-dac_read_search';
  return ['setpriv', `--bounding-set=${rights}`, `--inh-caps=${rights}`, '--'];
}
