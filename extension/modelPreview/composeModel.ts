import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { LineIndex } from '../../language-server/documents/textRange';
import { readRegisteredMeta, registeredMetaName } from '../../language-server/documents/registeredMeta';
import { sourceRange } from '../../language-server/documents/yamlRead';
import type { LoggedModel, ModelVersion } from '../tracking/model';
import { boundText } from '../ui/boundText';
import type {
  LoggedFacts,
  ModelFacts,
  ModelPreview,
  Problem,
  RegisteredVersion,
  SourceRun,
  VersionFacts,
} from '../../webviews/protocol/modelPreview';
import { composeDependencies } from './composeDependencies';
import { composeExample } from './composeExample';
import { composeFiles } from './composeFiles';
import { composeFlavors, flavorsOf } from './composeFlavors';
import { composeResources } from './composeResources';
import { composeSignature } from './composeSignature';
import type { FileText } from './fileText';
import { chooseLoadingCode } from '../ui/loadingCode';
import { textOf } from '../ui/modelUri';
import type { ReadModel } from './readModel';
import { innerFields, listEntries } from './yamlEntries';

/** What is known of a model besides its files. */
export interface AboutModel {
  readonly name: string;
  /** What Python's `load_model` takes. */
  readonly uri: string;
  readonly version?: ModelVersion;
  readonly logged?: LoggedModel;
  readonly run?: SourceRun;
  /** What the registry says of the version that the model's own files name. */
  readonly findVersion: (modelName: string, version: string) => ModelVersion | undefined;
}

/** A model as its preview shows it: JSON only, in reading order, each text bounded. */
export function composeModel(read: ReadModel, about: AboutModel): ModelPreview {
  const { model } = read;
  const { yaml, fields } = model;
  const { name, uri, version, logged, run } = about;
  const textFor = (file: string): FileText => read.texts.get(file) ?? { kind: 'loading' };
  const signature = composeSignature(model);
  const example = composeExample(model, textFor);
  const tags = [...((version ?? logged)?.tags ?? [])].filter(([key]) => !key.startsWith('mlflow.'));
  const flavorNames = flavorsOf(model).map((flavor) => flavor.name);
  return {
    name: boundText(name),
    uri,
    code: chooseLoadingCode(flavorNames, uri) ?? '',
    problems: listProblems(read),
    facts: composeFacts(read, about),
    ...(version ? { version: composeVersion(version) } : {}),
    ...(logged ? { logged: composeLogged(logged) } : {}),
    ...(signature ? { signature } : {}),
    flavors: composeFlavors(model, uri),
    dependencies: composeDependencies(model, textFor),
    ...(example ? { example } : {}),
    ...(run ? { run } : {}),
    resources: composeResources(model),
    metadata: listEntries(yaml, innerFields(yaml, fields, 'metadata')),
    loggedParams: toEntries([...(logged?.params ?? [])]),
    tags: toEntries(tags),
    otherKeys: listEntries(
      yaml,
      fields.filter((field) => !shownKeys.has(field.name)),
    ),
    files: composeFiles(read, (version ?? logged) !== undefined),
  };
}

function toEntries(pairs: readonly (readonly [string, string])[]): ModelPreview['tags'] {
  return pairs.map(([key, value]) => ({ key: boundText(key), value: boundText(value) }));
}

/** The keys that the preview is made of. */
const shownKeys: ReadonlySet<string> = new Set(
  (
    'artifact_path auth_policy databricks_runtime env_vars flavors metadata mlflow_version model_id model_size_bytes ' +
    'model_uuid prompts resources run_id saved_input_example_info signature utc_time_created'
  ).split(' '),
);

/** The run that an MLmodel says it was made by. */
export function runIdOf({ yaml, fields }: MlmodelModel): string | undefined {
  return textOf(yaml, fields, 'run_id');
}

function listProblems({ model, problem }: ReadModel): readonly Problem[] {
  const { yaml, root, signature } = model;
  if (problem !== undefined) return [{ text: boundText(problem) }];
  const lines = new LineIndex(yaml.text);
  const at = (offset: number) => lines.positionAt(offset).line + 1;
  const ofYaml = yaml.errors.map(({ message, range }) => ({
    text: `The YAML cannot be read: ${message}`,
    line: at(range.start),
  }));
  const ofShape =
    root?.kind === 'mapping' || yaml.errors.length > 0
      ? []
      : [{ text: 'The MLmodel says nothing: it must be a mapping.', line: 1 }];
  const ofSignature = (signature?.parts ?? []).flatMap(({ name, field, node, json }): readonly Problem[] => {
    const start = node && json?.error ? sourceRange(node, json.error.range).start : field.value.range.start;
    if (json?.error)
      return [{ text: `The signature’s ${name} cannot be read: ${json.error.message}`, line: at(start) }];
    if (json || (field.value.kind === 'scalar' && field.value.text === '')) return [];
    return [{ text: `The signature’s ${name} cannot be read: they must be JSON as text.`, line: at(start) }];
  });
  return [...ofYaml, ...ofShape, ...ofSignature].map(({ text, line }) => ({
    text: boundText(text),
    ...(line === undefined ? {} : { line }),
  }));
}

function composeFacts(read: ReadModel, about: AboutModel): ModelFacts {
  const { model } = read;
  const { yaml, fields } = model;
  const ofFunction = flavorsOf(model).find(({ name }) => name === 'python_function')?.fields ?? [];
  const text = (name: string) => textOf(yaml, fields, name);
  const size = Number(text('model_size_bytes') ?? NaN);
  const created = text('utc_time_created');
  const createdAt = created === undefined ? about.logged?.createdAt : readTime(created);
  return {
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(size >= 0 ? { size } : {}),
    ...present({
      mlflowVersion: text('mlflow_version'),
      pythonVersion: textOf(yaml, ofFunction, 'python_version'),
      modelId: text('model_id') ?? about.version?.modelId ?? about.logged?.id,
      modelUuid: text('model_uuid'),
      artifactPath: text('artifact_path'),
      codePath: textOf(yaml, ofFunction, 'code'),
      databricksRuntime: text('databricks_runtime'),
    }),
    registered: about.version ? [] : [...listRegistered(read, about), ...listMade(about)],
  };
}

function present<Key extends string>(
  texts: Readonly<Record<Key, string | undefined>>,
): Partial<Record<Key, string>> {
  const entries = Object.entries(texts).filter(([, text]) => text !== undefined && text !== '');
  return Object.fromEntries(entries) as Partial<Record<Key, string>>;
}

/** MLflow writes `2026-11-21 00:28:20.108397`, which is in UTC. */
function readTime(text: string): number | string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(text) ?? [];
  const parsed = day === undefined ? NaN : Date.parse(`${day}T${time ?? ''}Z`);
  return Number.isNaN(parsed) ? text : parsed;
}

/** MLflow writes down beside a model that it downloads from the registry which version it is. */
function listRegistered({ texts }: ReadModel, { findVersion }: AboutModel): readonly RegisteredVersion[] {
  const file = texts.get(registeredMetaName);
  if (file?.kind !== 'text') return [];
  const registered = readRegisteredMeta(file.text);
  if (!registered) return [];
  const modelName = boundText(registered.modelName);
  const version = boundText(registered.version);
  return [{ modelName, version, ...marksOf(findVersion(modelName, version)) }];
}

/** MLflow writes down with a logged model which versions were made of it, some of them twice. */
function listMade({ logged, findVersion }: AboutModel): readonly RegisteredVersion[] {
  const made = readMade(logged?.tags.get('mlflow.modelVersions') ?? '[]').flatMap((one) => {
    const { name, version } = Object(one) as { readonly name?: unknown; readonly version?: unknown };
    const isNumber = ['number', 'string'].includes(typeof version);
    return typeof name === 'string' && isNumber ? [{ modelName: name, version: String(version) }] : [];
  });
  const distinct = new Map(made.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()].map(({ modelName, version }) => ({
    ...{ modelName, version },
    ...marksOf(findVersion(modelName, version)),
  }));
}

function readMade(json: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function marksOf(version: ModelVersion | undefined) {
  return {
    aliases: version?.aliases ?? [],
    stage: version === undefined || version.stage === 'None' ? '' : version.stage,
  };
}

function composeVersion(version: ModelVersion): VersionFacts {
  const { createdAt, updatedAt, problem } = version;
  return {
    modelName: boundText(version.name),
    version: boundText(version.version),
    ...marksOf(version),
    status: version.status,
    statusMessage: boundText(version.statusMessage),
    description: boundText(version.description),
    source: boundText(version.source),
    ...(createdAt === undefined ? {} : { registeredAt: createdAt }),
    ...(updatedAt === undefined ? {} : { changedAt: updatedAt }),
    ...(problem === undefined ? {} : { problem: boundText(problem) }),
  };
}

function composeLogged({ status, modelType, problem }: LoggedModel): LoggedFacts {
  const damage = problem === undefined ? {} : { problem: boundText(problem) };
  return { status: boundText(status), modelType: boundText(modelType), ...damage };
}
