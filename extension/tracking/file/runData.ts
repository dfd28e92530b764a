import type { MetricPoint, Run } from '../model';
import { LatestReading, TextReading } from './fileReadings';
import { toProblem } from './damage';
import { KeyedFiles, type KeyLists } from './keyedFiles';
import type { RunFolder } from './runFolders';
import type { RunInputFiles } from './runInputs';
import type { FilePath, StoreFiles } from './storeFiles';

/** In keys: about 250 bytes each, so 10,000 runs with 44 keys take 110 MB. */
const mostKeys = 700_000;

interface KnownRun {
  readonly params: KeyedFiles<string>;
  readonly metrics: KeyedFiles<MetricPoint>;
  readonly tags: KeyedFiles<string>;
  size: number;
}

/** Whole runs, with what was read of the most recently read ones kept: only what has changed since is read again. */
export class RunData {
  private readonly known = new Map<string, KnownRun>();
  private readonly texts: TextReading;
  private readonly latest: LatestReading;
  private keys = 0;

  constructor(
    private readonly files: StoreFiles,
    private readonly inputs: RunInputFiles,
    private readonly keyLists: KeyLists,
  ) {
    this.texts = new TextReading(files);
    this.latest = new LatestReading(files);
  }

  read(run: RunFolder): Run {
    const data = this.known.get(run.path) ?? this.open(run.path);
    const now = Date.now();
    const problems = [data.params, data.metrics, data.tags].map((files) => files.refresh(now));
    const { datasets, modelInputs, modelOutputs, problem } = this.inputs.read(run);
    const { meta } = run;
    const hasEnded = meta.status !== 'RUNNING' && meta.status !== 'SCHEDULED';
    this.keep(run.path, data);
    const tags = data.tags.toMap();
    return {
      id: run.id,
      name: meta.name === '' ? (tags.get('mlflow.runName') ?? '') : meta.name,
      experimentId: run.experimentId,
      status: meta.status,
      lifecycle: meta.lifecycle,
      startedAt: meta.startedAt,
      endedAt: meta.endedAt,
      userId: meta.userId,
      artifactUri: meta.artifactUri,
      params: data.params.toMap(),
      metrics: data.metrics.toMap(),
      tags,
      datasets,
      modelInputs,
      modelOutputs,
      ...toProblem(meta.problem, ...problems, problem, hasEnded ? data.metrics.openEnd : undefined),
    };
  }

  /** The folders of a run that was read: a change of what is in them is a change of the run. */
  foldersOf({ path }: RunFolder): readonly FilePath[] {
    const data = this.known.get(path);
    return data ? [path, ...data.params.folders, ...data.metrics.folders, ...data.tags.folders] : [path];
  }

  private open(path: string): KnownRun {
    const { files, texts, keyLists } = this;
    return {
      params: new KeyedFiles(files, `${path}/params`, 'params', texts, keyLists),
      metrics: new KeyedFiles(files, `${path}/metrics`, 'metrics', this.latest, keyLists),
      tags: new KeyedFiles(files, `${path}/tags`, 'tags', texts, keyLists),
      size: 0,
    };
  }

  private keep(path: string, data: KnownRun): void {
    this.known.delete(path);
    this.known.set(path, data);
    this.keys -= data.size;
    data.size = 10 + data.params.size + data.metrics.size + data.tags.size;
    this.keys += data.size;
    for (const [oldest, { size }] of this.known) {
      if (this.keys <= mostKeys || oldest === path) break;
      this.known.delete(oldest);
      this.keys -= size;
    }
  }
}
