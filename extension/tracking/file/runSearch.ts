import { compileOrder } from '../filter/compareRuns';
import { compileFilter } from '../filter/matchRun';
import { parseRunFilter } from '../filter/parseRunFilter';
import { parseRunOrder } from '../filter/parseRunOrder';
import type { RunFacts } from '../filter/runFacts';
import type { MetricPoint, RunStatus } from '../model';
import type { RunQuery } from '../store';
import { LatestReading, TextReading } from './fileReadings';
import { NamedFiles } from './namedFiles';
import type { RunFolder } from './runFolders';
import type { RunInputFiles } from './runInputs';
import type { StoreFiles } from './storeFiles';

/** How often between two runs to ask whether anybody still waits. */
const runsBetweenLooks = 64;

/** Which of the runs a search is after, and in which order. Of each run only the files are read that it depends on. */
export class RunSearch {
  private readonly metrics: NamedFiles<MetricPoint>;
  private readonly params: NamedFiles<string>;
  private readonly tags: NamedFiles<string>;

  constructor(
    files: StoreFiles,
    private readonly inputs: RunInputFiles,
    private readonly throwIfAborted: () => void,
  ) {
    const texts = new TextReading(files);
    this.metrics = new NamedFiles(files, 'metrics', new LatestReading(files));
    this.params = new NamedFiles(files, 'params', texts);
    this.tags = new NamedFiles(files, 'tags', texts);
  }

  /** Throws a TrackingError for a filter or order that MLflow does not understand either. */
  select(runs: readonly RunFolder[], query: Omit<RunQuery, 'experimentIds'>): readonly RunFolder[] {
    const matches = compileFilter(parseRunFilter(query.filter ?? ''));
    const order = compileOrder(parseRunOrder(query.orderBy ?? []));
    const found: { run: RunFolder; keys: ReturnType<typeof order.keysOf> }[] = [];
    runs.forEach((run, index) => {
      if (index % runsBetweenLooks === 0) this.throwIfAborted();
      if (query.view !== 'all' && query.view !== run.meta.lifecycle) return;
      const facts = this.factsOf(run);
      if (matches(facts)) found.push({ run, keys: order.keysOf(facts) });
    });
    return found.sort((one, other) => order.compare(one.keys, other.keys)).map(({ run }) => run);
  }

  private factsOf(run: RunFolder): RunFacts {
    const { meta, path } = run;
    // Whoever filters by a metric mostly sorts by it too: its file is looked at once.
    let last: { readonly key: string; readonly value: number | undefined } | undefined;
    return {
      metric: (key) => {
        if (last?.key !== key) last = { key, value: this.metrics.get(path, key)?.value };
        return last.value;
      },
      param: (key) => this.params.get(path, key),
      tag: (key) => this.tags.get(path, key),
      datasets: () => this.inputs.read(run).datasets,
      attribute: (key) => {
        switch (key) {
          case 'run_id':
            return run.id;
          case 'run_name':
            return meta.name === '' ? this.tags.get(path, 'mlflow.runName') : meta.name;
          case 'status':
            return toText(meta.status);
          case 'user_id':
            return meta.userId;
          case 'artifact_uri':
            return meta.artifactUri;
          case 'start_time':
            return meta.startedAt;
          case 'end_time':
            return meta.endedAt;
        }
      },
    };
  }
}

function toText(status: RunStatus): string | undefined {
  return status === 'UNKNOWN' ? undefined : status;
}
