import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultOptions } from '../faultOptions';
import { runScript, type BaseStore } from './baseStores';
import { setStage, strikeStage } from './stage';
import type { StoreCase } from './storeCase';

/** What keeps MLflow's own client from listing the neighbours of each fault; undefined where it lists them. */
export async function askMlflow(
  faults: readonly StoreCase[],
  base: BaseStore,
  options: FaultOptions,
): Promise<ReadonlyMap<StoreCase, string | undefined>> {
  const stages = faults.map(() => setStage(base, options));
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-peer-'));
  try {
    for (const [index, stage] of stages.entries()) await faults[index]?.inject(stage);
    const cases = stages.map(({ path, ids, victim }) => ({
      ...ids,
      path,
      neighbours: ids.runs.filter((id) => id !== victim),
    }));
    await writeFile(join(folder, 'cases.json'), JSON.stringify(cases));
    const reasons = JSON.parse(await runScript('peer.py', join(folder, 'cases.json'))) as readonly (
      string | null
    )[];
    return new Map(faults.map((fault, index) => [fault, reasons[index] ?? undefined]));
  } finally {
    await rm(folder, { recursive: true, force: true });
    for (const stage of stages) strikeStage(stage);
  }
}
