import type { FaultOptions } from '../faultOptions';
import { endBy, Hang } from '../measuredProcess';
import type { Verdict } from '../verdict';
import { contentCases } from './contentCases';
import type { FaultCase, Injection } from './faultCase';
import { judge, listCalls, type Evidence } from './judge';
import type { Call } from './probeMessages';
import { Probe } from './probeProcess';
import { buildTheatre, type Theatre } from './stage';
import { statusCases } from './statusCases';
import { transportCases } from './transportCases';
import { trustCases } from './trustCases';

/** The HTTP rows of reference/PERFORMANCE.md §7d. */
export const httpFaults: readonly FaultCase[] = [
  ...statusCases,
  ...transportCases,
  ...contentCases,
  ...trustCases,
];

/** How long a store waits where a case is not about waiting, in ms. */
const patience = 20_000;

/** Whoever is still not done by then never will be, in ms. */
const hang = 40_000;

/** Puts each fault between a real MLflow and a RestStore in a process of its own, and judges what comes of it. */
export async function injectHttpFaults(options: FaultOptions): Promise<readonly Verdict[]> {
  const theatre = await buildTheatre(options);
  const env = { NODE_EXTRA_CA_CERTS: theatre.certificates.authorityFile };
  let probe = await Probe.start(env);
  const verdicts: Verdict[] = [];
  try {
    await warmUp(probe, theatre);
    for (const fault of httpFaults.filter(({ group, name }) => options.only.test(`${group} ${name}`))) {
      const verdict = await runCase(fault, probe, theatre, { env, isTimed: options.isTimed });
      options.report(verdict);
      verdicts.push(verdict);
      // What crashed or hangs would spoil the next case.
      if (verdict.outcome === '') {
        await probe.stop();
        probe = await Probe.start(env);
      }
    }
  } finally {
    await probe.stop();
    await theatre.close();
  }
  return verdicts;
}

/** What is compiled and loaded once is no part of any case. */
async function warmUp(probe: Probe, theatre: Theatre): Promise<void> {
  await probe.open('tested', theatre.healthyUri, [], patience);
  const victim = { method: 'searchRuns', args: [firstPage(theatre)] } as const;
  for (let count = 0; count < 5; count++) await probe.act(listCalls(victim, 'tested', theatre));
}

function firstPage({ victimExperiment }: Theatre): unknown {
  return { experimentIds: [victimExperiment], view: 'active', pageSize: 50 };
}

async function runCase(
  fault: FaultCase,
  usualProbe: Probe,
  theatre: Theatre,
  { env, isTimed }: { readonly env: Readonly<Record<string, string>>; readonly isTimed: boolean },
): Promise<Verdict> {
  const start = performance.now();
  let ownProbe: Probe | undefined;
  try {
    const injection = await fault.inject(theatre);
    if (injection.env) ownProbe = await Probe.start({ ...env, ...injection.env });
    const evidence = await gather(injection, ownProbe ?? usualProbe, theatre);
    return judge(fault, { ...evidence, ms: performance.now() - start }, theatre, isTimed);
  } catch (error) {
    const { group, name } = fault;
    const reason = error instanceof Error ? error.message : String(error);
    const oracle = error instanceof Hang ? 'prompt' : 'alive';
    const ms = performance.now() - start;
    return { group, name, wrong: new Map([[oracle, reason]]), ms, outcome: '', block: 0 };
  } finally {
    await ownProbe?.stop();
    await theatre.clear();
  }
}

async function gather(injection: Injection, probe: Probe, theatre: Theatre): Promise<Omit<Evidence, 'ms'>> {
  const victim = injection.victim ?? { method: 'searchRuns', args: [firstPage(theatre)] };
  const headers = [
    ['authorization', theatre.token.old],
    ['x-api-key', theatre.token.old],
  ] as const;
  await probe.open('tested', injection.baseUri, headers, injection.timeout ?? patience);
  await probe.open('healthy', theatre.healthyUri, headers, patience);
  const calls = listCalls(victim, injection.neighbours === 'same' ? 'tested' : 'healthy', theatre);
  // What the fault alone makes answerable has no answer without it.
  const usual = injection.recovery ?? victim;
  const atHealthy = listCalls(usual, 'healthy', theatre).map((call): Call => ({ ...call, store: 'healthy' }));

  const before = await theatre.hashStore();
  const { results: baseline } = await probe.act(atHealthy);
  if (injection.isWarm) await probe.act(calls);
  await injection.begin(probe);
  const faulty = await endBy(hang, probe.act(calls));
  await injection.end(probe);
  const recovered = await endBy(hang, probe.act([{ store: 'tested', ...usual }]));
  const after = await theatre.hashStore();
  return { injection, baseline, faulty, recovered, hashes: [before, after] };
}
