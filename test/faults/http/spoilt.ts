import assert from 'node:assert/strict';
import type { Run } from '../../../extension/tracking/model';
import { asRuns, injectIntoVictim, type Expected, type FaultCase } from './faultCase';
import type { Exchange, Fault } from './faultProxy';

/** The real answer's bytes, exchanged for others. */
export function rewrite(
  change: (text: string, exchange: Exchange) => string | Buffer,
  type = 'application/json',
): Fault {
  return async (exchange) => {
    const reply = await exchange.forward();
    const body = Buffer.from(change(reply.body.toString('utf8'), exchange));
    exchange.relay({ ...reply, headers: { ...reply.headers, 'content-type': type }, body });
    return true;
  };
}

interface WireRun {
  info: Record<string, unknown>;
  data: Record<string, unknown>;
  [extra: string]: unknown;
}
/** A page of runs, as far as it is spoilt here. */
export interface WirePage {
  runs: WireRun[];
  [extra: string]: unknown;
}

/**
 * Something is wrong with one run of the page. The others come through untouched, and it is shown as far as it can be:
 * `check` sees it, or nothing if it is left out.
 */
export function oneRun(
  name: string,
  spoil: (run: WireRun, page: WirePage) => string | undefined,
  check: (run: Run | undefined, before: Run) => void,
): FaultCase {
  return {
    group: 'content',
    name,
    inject: (stage) => {
      const index = stage.random.below(40);
      const fault = rewrite((text) => {
        const page = JSON.parse(text) as WirePage;
        const run = page.runs[index];
        assert.ok(run);
        return spoil(run, page) ?? JSON.stringify(page);
      });
      const expected: Expected = {
        check: (value, baseline) => {
          const before = asRuns(baseline)[index];
          assert.ok(before);
          const others = (runs: readonly Run[]): readonly Run[] => runs.filter(({ id }) => id !== before.id);
          assert.deepEqual(others(asRuns(value)), others(asRuns(baseline)));
          check(
            asRuns(value).find(({ id }) => id === before.id),
            before,
          );
        },
      };
      return injectIntoVictim(stage, fault, { expected });
    },
  };
}
