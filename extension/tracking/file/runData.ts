import type { MetricPoint, Run } from '../model';
import { LatestReading, TextReading } from './fileReadings';
import { toProblem } from './damage';
import { KeyedFiles, type KeyLists } from './keyedFiles';
import type { RunFolder } from './runFolders';
import type { RunInputFiles, RunInputs } from './runInputs';
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
    const { path, meta } = run;
    const inputs = this.inputs.read(run);
    if (path === undefined) return toRun(run, emptyData, inputs, []);
    const data = this.known.get(path) ?? this.open(path);
    const now = Date.now();
    const problems = [data.params, data.metrics, data.tags].map((files) => files.refresh(now));
    const hasEnded = meta.status !== 'RUNNING' && meta.status !== 'SCHEDULED';
    this.keep(path, data);
    const values = {
      params: data.params.toMap(),
      metrics: data.metrics.toMap(),
      tags: data.tags.toMap(),
    };
    const openEnd = hasEnded ? data.metrics.openEnd : undefined;
    return toRun(run, values, inputs, [...problems, inputs.problem, openEnd]);
  }

  /** The folders of a run that was read: a change of what is in them is a change of the run. */
  foldersOf({ path }: RunFolder): readonly FilePath[] {
    if (path === undefined) return [];
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

type RunValues = Pick<Run, 'params' | 'metrics' | 'tags'>;

const emptyData: RunValues = { params: new Map(), metrics: new Map(), tags: new Map() };

function toRun(
  { id, experimentId, meta }: RunFolder,
  { params, metrics, tags }: RunValues,
  { datasets, modelInputs, modelOutputs }: RunInputs,
  problems: readonly (string | undefined)[],
): Run {
  return {
    id,
    name: meta.name === '' ? (tags.get('mlflow.runName') ?? '') : meta.name,
    experimentId,
    status: meta.status,
    lifecycle: meta.lifecycle,
    startedAt: meta.startedAt,
    endedAt: meta.endedAt,
    userId: meta.userId,
    artifactUri: meta.artifactUri,
    params,
    metrics,
    tags,
    datasets,
    modelInputs,
    modelOutputs,
    ...toProblem(meta.problem, ...problems),
  };
}
