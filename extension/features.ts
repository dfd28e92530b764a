import type { Connections } from './connections/connections';
import type { OpenStore } from './connections/openStore';
import { registerArtifacts } from './artifacts/register';
import type { ExperimentsTree } from './experiments/experimentsTree';
import { type ExperimentsOptions, registerExperiments } from './experiments/register';
import type { SharedRunData } from './histories/sharedRunData';
import { registerLanguage } from './language/register';
import { registerLocalServer } from './localServer/register';
import { registerMetrics } from './metrics/register';
import { registerModelPreview } from './modelPreview/register';
import type { ModelsTree } from './models/modelsTree';
import { registerModels } from './models/register';
import { WindowRuns } from './processes/windowRuns';
import { registerProjects } from './projects/register';
import { registerRegistry } from './registry/register';
import { registerRunDiff } from './runDiff/register';
import { registerRunEditing } from './runEditing/register';
import { registerRunSummary } from './runSummary/register';
import { registerRunsTable } from './runsTable/register';
import { followPrograms, registerServing } from './serving/register';
import type { Lazy } from './ui/lazy';
import type { Lifetime } from './ui/lifetime';
import type { PanelHost } from './ui/panelHost';
import { shareEditing } from './ui/shareEditing';

/** What features are made of; each takes what it needs. */
interface Shared extends Omit<ExperimentsOptions, 'runs'> {
  readonly context: ExperimentsOptions['context'] &
    Parameters<typeof registerLanguage>[0]['context'] &
    Parameters<typeof registerProjects>[0]['context'];
  readonly lifetime: Lifetime;
  readonly connections: Connections;
  readonly openStore: OpenStore;
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
  const { context, lifetime, report } = shared;
  const runs = lifetime.add(new WindowRuns());
  const running = lifetime.add(followPrograms(shared.attention, runs));
  const { openEditor, demandServer } = lifetime.add(
    registerLocalServer({ ...shared, running, state: context.workspaceState }),
  );
  const editing = lifetime.add(shareEditing({ ...shared, openLocalEditor: openEditor }));
  const experimentsTree = registerExperiments({ ...shared, runs });
  const modelsTree = registerModels(shared);
  const selection = () => experimentsTree.selection;
  lifetime.add(registerRunEditing({ ...shared, editing, selection, demandServer }));
  lifetime.add(registerRegistry({ ...shared, editing, selection: () => modelsTree.selection }));
  lifetime.add(registerArtifacts({ ...shared, editing, selection }));
  lifetime.add(registerRunSummary(shared));
  lifetime.add(registerModelPreview(shared));
  lifetime.add(registerMetrics({ ...shared, selection }));
  lifetime.add(registerRunsTable({ ...shared, editing, selection }));
  lifetime.add(registerRunDiff({ ...shared, tree: experimentsTree }));
  lifetime.add(registerServing({ ...shared, running }));
  lifetime.add(registerProjects({ ...shared, runs, running, editing }));
  lifetime.add(registerLanguage({ ...shared, onError: report.error }));
  return { experimentsTree, modelsTree };
}
