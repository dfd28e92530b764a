import { isUnfinished, type Run } from '../tracking/model';
import type { ColumnKind } from '../../webviews/protocol/arrangement';
import { listDatasets, listSeparator, visitCells } from './runCells';
import { ValueColumn } from './valueColumn';

/**
 * Runs taken apart into columns: a run is a slot, a small whole number that stays its own while it is kept. Whatever is
 * nested in objects takes ten times the memory.
 */
export class RunColumns {
  private readonly byKind: Readonly<Record<ColumnKind, Map<string, ValueColumn>>> = {
    attributes: new Map(),
    metrics: new Map(),
    params: new Map(),
    tags: new Map(),
    datasets: new Map(),
    models: new Map(),
  };
  private readonly slots = new Map<string, number>();
  /** By slot, as all that follows. */
  private readonly runs: (SlotFacts | undefined)[] = [];
  private readonly free: number[] = [];
  private readonly datasetNames = new Map<string, readonly string[]>();
  /** How many values all runs have. */
  valueCount = 0;
  /** Another whenever anything here is. */
  revision = 0;

  constructor(private readonly nameExperiment: (id: string) => string) {}

  get runCount(): number {
    return this.slots.size;
  }

  /** More than the greatest slot. */
  get slotCount(): number {
    return this.runs.length;
  }

  slotOf(runId: string): number | undefined {
    return this.slots.get(runId);
  }

  facts(slot: number): SlotFacts | undefined {
    return this.runs[slot];
  }

  column(kind: ColumnKind, key: string): ValueColumn | undefined {
    return this.byKind[kind].get(key);
  }

  columnsOf(kind: ColumnKind): ReadonlyMap<string, ValueColumn> {
    return this.byKind[kind];
  }

  /** The single names of which a cell of datasets is made. */
  namesOf(cell: string): readonly string[] {
    return this.datasetNames.get(cell) ?? [cell];
  }

  /** Keeps the run as it is now, in the slot that it has or in a new one. */
  put(run: Run): number {
    const present = this.slots.get(run.id);
    if (present !== undefined && this.holds(run)) return present;
    const slot = present ?? this.free.pop() ?? this.runs.length;
    if (present !== undefined) this.clear(slot);
    const names = listDatasets(run);
    if (names.length > 1) this.datasetNames.set(names.join(listSeparator), names);
    let count = 0;
    visitCells(run, this.nameExperiment, (kind, key, value) => {
      this.demandColumn(kind, key).set(slot, value);
      count++;
    });
    this.slots.set(run.id, slot);
    this.runs[slot] = { ...factsOf(run), valueCount: count, revision: ++this.revision };
    this.valueCount += count;
    return slot;
  }

  /** Whether the run is kept just as it is. */
  holds(run: Run): boolean {
    const slot = this.slots.get(run.id);
    const facts = slot === undefined ? undefined : this.runs[slot];
    if (slot === undefined || !facts || facts.problem !== run.problem) return false;
    let count = 0;
    let same = 0;
    visitCells(run, this.nameExperiment, (kind, key, value) => {
      count++;
      if (this.column(kind, key)?.holds(slot, value)) same++;
    });
    return same === count && count === facts.valueCount;
  }

  remove(runId: string): void {
    const slot = this.slots.get(runId);
    if (slot === undefined) return;
    this.clear(slot);
    this.slots.delete(runId);
    this.runs[slot] = undefined;
    this.free.push(slot);
    this.revision++;
  }

  private demandColumn(kind: ColumnKind, key: string): ValueColumn {
    const columns = this.byKind[kind];
    const present = columns.get(key);
    if (present) return present;
    const made = new ValueColumn();
    columns.set(key, made);
    return made;
  }

  private clear(slot: number): void {
    for (const columns of Object.values(this.byKind)) {
      for (const column of columns.values()) column.clear(slot);
    }
    this.valueCount -= this.runs[slot]?.valueCount ?? 0;
  }
}

/** What is known of a run beside its cells. */
export interface SlotFacts {
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  readonly status: Run['status'];
  readonly isDeleted: boolean;
  readonly isUnfinished: boolean;
  readonly parentId: string | undefined;
  readonly problem: string | undefined;
  readonly valueCount: number;
  /** Another when the run is. */
  readonly revision: number;
}

function factsOf(run: Run): Omit<SlotFacts, 'valueCount' | 'revision'> {
  return {
    id: run.id,
    name: run.name,
    experimentId: run.experimentId,
    status: run.status,
    isDeleted: run.lifecycle === 'deleted',
    isUnfinished: isUnfinished(run),
    parentId: run.tags.get('mlflow.parentRunId'),
    problem: run.problem,
  };
}
