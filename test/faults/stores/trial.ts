import type { FaultOptions } from '../faultOptions';
import type { Verdict } from '../verdict';
import type { BaseStore, StoreKind } from './baseStores';
import type { StoreCase } from './storeCase';
import type { Reading, StoreProbe } from './storeProbe';

/** What all trials share. */
export interface Theatre {
  readonly bases: Readonly<Record<StoreKind, BaseStore>>;
  readonly options: FaultOptions;
  /** What is answered of a base store that nothing has happened to. */
  readonly healthy: Readonly<Record<StoreKind, Reading>>;
  /** The folder of the databases of each schema; empty if no trial needs them. */
  readonly schemas: string;
  /** What kept MLflow's own client from listing the neighbours, for the faults that it was tried with. */
  readonly peer: ReadonlyMap<StoreCase, string | undefined>;
}

/** What came of a trial; the suite knows its name and duration. */
export type Judgement = Omit<Verdict, 'group' | 'name' | 'ms'>;

/** Something that befalls a store, and what came of it. */
export interface Trial {
  readonly group: 'file' | 'file+' | 'file live' | 'sqlite' | 'sqlite live' | 'fuzz' | 'schema';
  readonly name: string;
  run(probe: StoreProbe, theatre: Theatre): Promise<Judgement>;
}
