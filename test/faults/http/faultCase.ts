import type { TrackingErrorKind } from '../../../extension/tracking/errors';
import type { Page, Run } from '../../../extension/tracking/model';
import type { Random } from '../random';
import type { Certificates } from './certificates';
import type { Exchange, Fault, FaultProxy, ProxyOptions } from './faultProxy';
import type { Call } from './probeMessages';
import type { Probe } from './probeProcess';

/** What every case finds in place. */
export interface Stage {
  readonly random: Random;
  /** How long the tested store waits for an answer where a case is about that, in ms. */
  readonly stallTimeout: number;
  readonly certificates: Certificates;
  /** The experiment whose page of runs the faults hit, and one that they spare. */
  readonly victimExperiment: string;
  readonly neighbourExperiment: string;
  /** Origins of somebody else: whatever reaches them is written down. */
  readonly elsewhere: { readonly uri: string };
  /** What the tested store sends as Authorization, and what it sends once that is renewed; both must stay secret. */
  readonly token: { readonly old: string; readonly renewed: string };
  /** Runs when the case has ended. */
  onEnd(clean: () => Promise<void>): void;
  /** A proxy in front of the real MLflow that lasts until the case ends. */
  startProxy(options?: ProxyOptions): Promise<FaultProxy>;
}

/** What the user should get to see of a fault: why it failed, or the right thing in spite of it. */
export type Expected =
  | {
      readonly kind: TrackingErrorKind;
      readonly message: RegExp;
      readonly retryAfter?: number;
      /** How often the request is made; 1 unless said otherwise. */
      readonly tries?: number;
    }
  /** Throws if the answer is not right. `baseline` is what the same call answers without a fault. */
  | { readonly check: (value: unknown, baseline: unknown) => void; readonly tries?: number };

export interface Injection {
  /** Where the tested store connects. */
  readonly baseUri: string;
  /** The call that the fault hits; the first page of the victim's runs unless said otherwise. */
  readonly victim?: Omit<Call, 'store'>;
  /** What is asked once the fault has ended; the same unless said otherwise. */
  readonly recovery?: Omit<Call, 'store'>;
  readonly expected: Expected;
  /** Makes the call once before, so that there is a connection to lose. */
  readonly isWarm?: boolean;
  begin(probe: Probe): void | Promise<void>;
  end(probe: Probe): void | Promise<void>;
  /** Where neighbours are asked for; `elsewhere` means by another connection, where the fault hits the whole server. */
  readonly neighbours: 'same' | 'elsewhere';
  /** How often the fault has been hit. */
  readonly hits?: () => number;
  /** How long the call may take with the fault, in ms. */
  readonly deadline?: number;
  readonly timeout?: number;
  /** What the measured process must have in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface FaultCase {
  readonly group: 'status' | 'transport' | 'content' | 'trust';
  readonly name: string;
  readonly inject: (stage: Stage) => Promise<Injection>;
}

/** Whether this is the request for the victim's runs. */
export function isVictim({ path, body }: Exchange, { victimExperiment }: Stage): boolean {
  return path.endsWith('/runs/search') && body.includes(`"experiment_ids":["${victimExperiment}"]`);
}

/** A fault that hits the victim's requests only, on a proxy of its own. */
export async function injectIntoVictim(
  stage: Stage,
  fault: Fault,
  rest: Pick<Injection, 'expected'> & Partial<Injection>,
  options: ProxyOptions = {},
): Promise<Injection> {
  const proxy = await stage.startProxy(options);
  let hits = 0;
  return {
    baseUri: proxy.uri,
    begin: () => {
      proxy.fault = (exchange) => {
        if (!isVictim(exchange, stage)) return false;
        hits++;
        return fault(exchange);
      };
    },
    end: () => {
      proxy.fault = undefined;
    },
    neighbours: 'same',
    hits: () => hits,
    ...rest,
  };
}

/** The answer of a call for runs. */
export function asRuns(value: unknown): readonly Run[] {
  return (value as Page<Run>).items;
}
