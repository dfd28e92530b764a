import type { DatasetInput, ModelOutput } from '../model';
import { describeDamage } from './damage';
import { FolderLists } from './folderLists';
import { integerOf, optionalTextOf, textOf, textsOf, type MetaFields } from './metaFields';
import { MetaFiles, type Meta } from './metaFiles';
import type { RunFolder } from './runFolders';
import type { StoreFiles } from './storeFiles';

/** What a run used and what it produced. */
export interface RunInputs {
  readonly datasets: readonly DatasetInput[];
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
  readonly problem: string | undefined;
}

const nothing: RunInputs = { datasets: [], modelInputs: [], modelOutputs: [], problem: undefined };

const mostMetas = 20_000;
/** A dataset may hold a profile of megabytes. */
const mostDatasets = 200;
const mostLists = 20_000;

const isPlainName = /^[^/\\\0]+$/;

/** The datasets and logged models that runs are linked with (reference/STORES.md §2), in the order of their ids. */
export class RunInputFiles {
  private readonly lists: FolderLists;
  private readonly links: MetaFiles<Meta>;
  private readonly datasets: MetaFiles<Meta>;

  constructor(private readonly files: StoreFiles) {
    this.lists = new FolderLists(files, mostLists);
    this.links = new MetaFiles(files, mostMetas, (meta) => meta);
    this.datasets = new MetaFiles(files, mostDatasets, (meta) => meta);
  }

  read(run: RunFolder): RunInputs {
    if (run.path === undefined) return nothing;
    const inputs = this.readLinks(run.path, 'inputs');
    const outputs = this.readLinks(run.path, 'outputs');
    if (inputs.links.length + outputs.links.length === 0) {
      const problem = inputs.problem ?? outputs.problem;
      return problem === undefined ? nothing : { ...nothing, problem };
    }
    const datasets = inputs.links.filter((link) => textOf(link, 'source_type') === 'DATASET');
    const read = datasets.map((link) => this.readDataset(run, link));
    return {
      datasets: read.flatMap(({ dataset }) => dataset ?? []),
      modelInputs: inputs.links.flatMap((link) =>
        textOf(link, 'source_type') === 'MODEL' ? (optionalTextOf(link, 'source_id') ?? []) : [],
      ),
      modelOutputs: outputs.links.flatMap(toModelOutput),
      problem:
        inputs.problem ?? outputs.problem ?? read.find(({ problem }) => problem !== undefined)?.problem,
    };
  }

  private readLinks(
    runFolder: string,
    name: string,
  ): { links: readonly MetaFields[]; problem: string | undefined } {
    const links: MetaFields[] = [];
    let problem: string | undefined;
    try {
      for (const entry of this.lists.list(`${runFolder}/${name}`)) {
        if (entry.kind !== 'folder') continue;
        const meta = this.links.get(`${runFolder}/${name}/${entry.name}`);
        if (meta?.fields) links.push(meta.fields);
        else problem ??= `${name}/${entry.name}/${meta?.problem ?? 'meta.yaml is missing'}`;
      }
    } catch (error) {
      problem ??= describeDamage(name, error);
    }
    return { links, problem };
  }

  private readDataset(run: RunFolder, link: MetaFields): { dataset?: DatasetInput; problem?: string } {
    const id = textOf(link, 'source_id') ?? '';
    const context = textsOf(link, 'tags').get('mlflow.data.context');
    const meta = isPlainName.test(id) ? this.findDataset(`${run.experimentPath}/datasets`, id) : undefined;
    if (!meta?.fields) return { problem: `datasets/${id}/${meta?.problem ?? 'meta.yaml is missing'}` };
    return { dataset: toDataset(meta.fields, context) };
  }

  private findDataset(parent: string, id: string): Meta | undefined {
    const isThere = id !== '..' && this.files.isFolder(parent) && this.files.isFolder(`${parent}/${id}`);
    return isThere ? this.datasets.get(`${parent}/${id}`) : undefined;
  }
}

function toDataset(fields: MetaFields, context: string | undefined): DatasetInput {
  return {
    name: textOf(fields, 'name') ?? '',
    digest: textOf(fields, 'digest') ?? '',
    sourceType: textOf(fields, 'source_type') ?? '',
    source: textOf(fields, 'source') ?? '',
    schema: optionalTextOf(fields, 'schema'),
    profile: optionalTextOf(fields, 'profile'),
    context,
  };
}

/** MLflow writes the id of the model as that of the source, and as the destination's by mistake. */
function toModelOutput(link: MetaFields): readonly ModelOutput[] {
  const modelId = optionalTextOf(link, 'destination_id');
  if (modelId === undefined || textOf(link, 'destination_type') !== 'MODEL_OUTPUT') return [];
  return [{ modelId, step: integerOf(link, 'step') ?? 0 }];
}
