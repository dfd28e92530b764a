import type { MlprojectModel, SparkJob } from '../../documents/mlprojectModel';
import type { Field, YamlDocument } from '../../documents/yamlTree';
import { findKey } from '../../knowledge/keys';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkKeys, checkShape, valueRange } from './checkKeys';
import type { Fault } from './fault';

/** Whether MLflow takes the project for a Databricks Spark job: the key is there, and not null. */
export function isSparkJob({ sparkJob }: MlprojectModel): boolean {
  return sparkJob !== undefined && sparkJob.field.value.kind !== 'null';
}

/** A `databricks_spark_job`, and what cannot stand beside it. */
export function checkSparkJob(model: MlprojectModel): readonly Fault[] {
  const { yaml, sparkJob, environments } = model;
  const key = findKey('project', 'databricks_spark_job');
  if (!sparkJob || !key) return [];
  const shape = checkShape(yaml, sparkJob.field, key, 'mlproject.shape');
  if (shape.length > 0) return shape;
  return [
    ...checkKeys(sparkJob.fields, 'sparkJob', () => false),
    ...environments.filter(({ field }) => !field.overridden).map(({ field }) => forbiddenEnvironment(field)),
    ...checkWork(model, sparkJob),
    ...[sparkJob.parameters, sparkJob.pythonLibraries].flatMap((field) => notList(yaml, field)),
  ];
}

function forbiddenEnvironment({ key, name }: Field): Fault {
  const message = `A Databricks Spark job has no environment of its own: MLflow rejects \`${name}\` beside \`databricks_spark_job\`.`;
  return { code: 'mlproject.spark-environment', range: key.range, message, fix: { fix: 'remove-key' } };
}

function checkWork({ yaml, entryPoints }: MlprojectModel, { field, pythonFile }: SparkJob): readonly Fault[] {
  const hasFile = pythonFile !== undefined && pythonFile.value.kind !== 'null';
  if (hasFile === entryPoints.length > 0) {
    const message = hasFile
      ? 'A Databricks Spark job has a `python_file` or entry points, not both: MLflow rejects the project.'
      : 'A Databricks Spark job needs a `python_file` or entry points: MLflow rejects the project.';
    const code = hasFile ? 'mlproject.spark-with-entry-points' : 'mlproject.spark-without-work';
    const range = hasFile ? valueRange(yaml, pythonFile) : field.key.range;
    return [{ code, range, message, ...(!hasFile && { missingIn: field.range }) }];
  }
  return [];
}

function notList(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  if (!field || field.value.kind === 'sequence') return [];
  const message = `\`${field.name}\` is a list for Databricks, but this is ${typeWords[pythonType(field.value)]}. MLflow does not check it.`;
  return [{ code: 'mlproject.spark-value', range: valueRange(yaml, field), message }];
}
