import { readModelHistory } from '../tracking/modelHistory';
import type { DatasetInput, LoggedModel, Run } from '../tracking/model';
import { flattenValue } from './flatten';

/** What a run used and made, by key, so that runs can be compared by it. */

/** `iris (training)` → its digest, and its other fields under `iris (training) › …`. */
export function readDatasets({ datasets }: Pick<Run, 'datasets'>): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const nameOf = numbered();
  for (const dataset of [...datasets].sort(byDigest)) {
    const { name, context = '', digest, sourceType, source, schema, profile } = dataset;
    const title = nameOf(context === '' ? name : `${name} (${context})`);
    facts.set(title, digest);
    addFact(facts, `${title} › source type`, sourceType);
    addFact(facts, `${title} › source`, source);
    addFact(facts, `${title} › schema`, schema);
    addFact(facts, `${title} › profile`, profile);
  }
  return facts;
}

/**
 * The models of a run by name. Those that MLflow 3 keeps as things of their own say more; where a run has none of these, what
 * MLflow 2 noted in a tag.
 */
export function readModels(run: Run, models: readonly LoggedModel[]): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const nameOf = numbered();
  const steps = new Map(run.modelOutputs.map(({ modelId, step }) => [modelId, String(step)]));
  const listed = new Set(models.map(({ id }) => id));
  for (const model of [...models].sort(byName)) {
    const title = nameOf(model.name === '' ? 'model' : model.name);
    facts.set(title, model.id);
    addFact(facts, `${title} › status`, model.status);
    addFact(facts, `${title} › type`, model.modelType);
    addFact(facts, `${title} › step`, steps.get(model.id));
    for (const [key, value] of model.params) facts.set(`${title} › params.${key}`, value);
  }
  for (const { modelId } of run.modelOutputs) if (!listed.has(modelId)) facts.set(nameOf('output'), modelId);
  for (const modelId of run.modelInputs) facts.set(nameOf('input'), modelId);
  if (facts.size === 0)
    for (const { path, flavors } of readModelHistory(run)) facts.set(nameOf(path), flavors);
  return facts;
}

/** The fact, or what is in it if it is a dict or list; an empty one is none. */
function addFact(facts: Map<string, string>, key: string, text: string | undefined): void {
  if (text === undefined || text === '') return;
  for (const [inner, value] of flattenValue(key, text) ?? [[key, text]]) facts.set(inner, value);
}

/** Makes a name that came before `name #2`, `name #3`, … */
function numbered(): (name: string) => string {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  };
}

function byDigest(one: DatasetInput, other: DatasetInput): number {
  return one.digest < other.digest ? -1 : Number(one.digest > other.digest);
}

/** By time among models of one name, so that the first of one run meets the first of another. */
function byName(one: LoggedModel, other: LoggedModel): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return (one.createdAt ?? 0) - (other.createdAt ?? 0);
}
