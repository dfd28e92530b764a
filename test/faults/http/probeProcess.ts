import { join } from 'node:path';
import type { Acted } from '../acted';
import { MeasuredProcess } from '../measuredProcess';
import type { Call, ProbeRequest } from './probeMessages';

type Headers = readonly (readonly [string, string])[];

/** The process that holds the RestStores, seen from the one that runs the cases. */
export class Probe {
  private constructor(private readonly measured: MeasuredProcess<ProbeRequest>) {}

  static async start(env: Readonly<Record<string, string>>): Promise<Probe> {
    return new Probe(await MeasuredProcess.start(join(__dirname, 'probe.js'), { env }));
  }

  async open(store: string, baseUri: string, headers: Headers, timeoutMs: number): Promise<void> {
    await this.measured.ask({ kind: 'open', store, baseUri, headers, timeoutMs });
  }

  async authorize(store: string, headers: Headers): Promise<void> {
    await this.measured.ask({ kind: 'authorize', store, headers });
  }

  async breakNames(areBroken: boolean): Promise<void> {
    await this.measured.ask({ kind: 'breakNames', areBroken });
  }

  async act(calls: readonly Call[]): Promise<Acted> {
    return (await this.measured.ask({ kind: 'act', calls })) as Acted;
  }

  async stop(): Promise<void> {
    await this.measured.stop();
  }
}
