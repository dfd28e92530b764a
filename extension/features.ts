import type { Connections } from './connections/connections';
import type { ExperimentsTree } from './experiments/experimentsTree';
import { type ExperimentsOptions, registerExperiments } from './experiments/register';
import type { SharedRunData } from './histories/sharedRunData';
import { registerLanguage } from './language/register';
import { registerLocalServer } from './localServer/register';
import { registerMetrics } from './metrics/register';
import { registerModelPreview } from './modelPreview/register';
import type { ModelsTree } from './models/modelsTree';
import { registerModels } from './models/register';
import { registerProjects } from './projects/register';
import { registerRunDiff } from './runDiff/register';
import { registerRunSummary } from './runSummary/register';
import { registerRunsTable } from './runsTable/register';
import { followServers, registerServing } from './serving/register';
import type { Lazy } from './ui/lazy';
import type { Lifetime } from './ui/lifetime';
import type { PanelHost } from './ui/panelHost';

/** What features are made of; each takes what it needs. */
interface Shared extends ExperimentsOptions {
  readonly context: ExperimentsOptions['context'] & Parameters<typeof registerLanguage>[0];
  readonly lifetime: Lifetime;
  readonly connections: Connections;
  readonly runData: Lazy<SharedRunData>;
  readonly panelHost: PanelHost;
}

/** What of the features others look at. */
export interface Features {
  readonly experimentsTree: ExperimentsTree;
  readonly modelsTree: ModelsTree;
}

/** Registers every feature: a line each. They end with the lifetime. */
export function registerFeatures(shared: Shared): Features {
  const { context, lifetime, log, report } = shared;
  const experimentsTree = registerExperiments(shared);
  const modelsTree = registerModels(shared);
  const selection = () => experimentsTree.selection;
  lifetime.add(registerRunSummary(shared));
  lifetime.add(registerModelPreview(shared));
  lifetime.add(registerMetrics({ ...shared, selection }));
  lifetime.add(registerRunsTable({ ...shared, selection }));
  lifetime.add(registerRunDiff({ ...shared, tree: experimentsTree }));
  const running = lifetime.add(followServers(shared.attention));
  lifetime.add(registerLocalServer({ ...shared, running }));
  lifetime.add(registerServing({ ...shared, running }));
  lifetime.add(registerProjects(shared));
  lifetime.add(registerLanguage(context, log, report.error));
  return { experimentsTree, modelsTree };
}
