import type { LoggedModel, Run } from '../tracking/model';
import { flattenParams } from './flatten';
import { details, readTags } from './runFacts';
import { readDatasets, readModels } from './runParts';

/**
 * A run as a plain text for the editor's diff: always in the same order, one value a line, so that two runs differ in the
 * lines of the values that differ. Later lines of a value are indented.
 */
export function writeRunDocument(
  run: Run,
  experimentName: string | undefined,
  models: readonly LoggedModel[],
): string {
  const facts = details.flatMap(({ label, format, read }): readonly (readonly [string, string])[] => {
    const value = read(run, experimentName);
    if (value === undefined || value === '') return [];
    return [[label, typeof value === 'number' ? writeNumber(value, format) : value]];
  });
  const metrics = [...run.metrics].map(
    ([key, { value, step }]) => [key, `${value === 0 ? 0 : value} (step ${step})`] as const,
  );
  return [
    writeSection('Details', [['Run ID', run.id], ...facts]),
    writeSection('Parameters', sorted(flattenParams(run.params))),
    writeSection('Metrics', sorted(metrics)),
    writeSection('Tags', sorted(readTags(run))),
    writeSection('Datasets', sorted(readDatasets(run))),
    writeSection('Models', sorted(readModels(run, models))),
  ].join('\n');
}

function writeSection(title: string, entries: readonly (readonly [string, string])[]): string {
  const lines = entries.map(([key, value]) => `${indent(key)}: ${indent(value)}\n`);
  return `${title}\n${'='.repeat(title.length)}\n${lines.join('')}`;
}

/** By code unit: the same on every machine. */
function sorted(entries: Iterable<readonly [string, string]>): readonly (readonly [string, string])[] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

function indent(text: string): string {
  return text.replace(/\r\n?|\n/g, '\n    ');
}

function writeNumber(value: number, format: 'time' | 'duration' | undefined): string {
  if (format !== 'time') return `${value} ms`;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? String(value) : time.toISOString();
}
