import type { FaultOptions } from '../faultOptions';
import type { Findings } from './findings';

export interface LspTrial {
  readonly group: 'document' | 'protocol' | 'fuzz';
  readonly name: string;
  /** Adds what is wrong; answers what happened, in a few words. What it throws counts as a death of the server. */
  readonly run: (findings: Findings, options: FaultOptions) => Promise<string>;
}
