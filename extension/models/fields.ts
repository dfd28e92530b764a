import type { ModelVersion, Run } from '../tracking/model';
import { formatAge, formatDate } from '../ui/numbers';
import { readReviews } from '../ui/reviews';
import { joinFacts, plainLines, plainText } from '../ui/text';
import { codicon } from '../ui/treeRow';
import type { Field } from './nodes';
import type { Signature, SignatureField } from '../ui/signature';

/** Where a version comes from and what its author says of it, before its sections. */
export function factsOf(
  version: ModelVersion,
  findRun: (runId: string) => Pick<Run, 'name'> | undefined,
): readonly Field[] {
  const { runId, description, source, statusMessage } = version;
  return [
    ...(runId === undefined || runId === '' ? [] : [sourceRunField(runId, findRun(runId)?.name)]),
    ...textField('description', 'Description', 'note', description),
    ...textField('status', 'Status', 'info', version.status === 'READY' ? '' : statusMessage),
    ...textField('source', 'Source', 'package', source),
  ];
}

function sourceRunField(runId: string, name: string | undefined): Field {
  return {
    key: 'run',
    label: 'Source run',
    description: plainText(name ?? '') || plainText(runId),
    icon: codicon('play-circle'),
    value: runId,
    tip: {
      title: 'Source run',
      facts: [
        ['Name', plainText(name ?? '')],
        ['Id', plainText(runId)],
      ],
    },
    opens: runId,
  };
}

function textField(key: string, label: string, icon: string, text: string): readonly Field[] {
  if (text.trim() === '') return [];
  const description = plainText(text.trim().split(/\r?\n/, 1)[0] ?? '');
  const tip = { title: label, facts: [], text: plainLines(text) };
  return [{ key, label, description, icon: codicon(icon), value: text, tip }];
}

const names = new Intl.Collator(undefined, { numeric: true });

/** A version's tags by name; MLflow's own are left out. */
export function tagFields(version: ModelVersion): readonly Field[] {
  return [...version.tags]
    .filter(([key]) => !key.startsWith('mlflow.'))
    .sort(([one], [other]) => names.compare(one, other))
    .map(([key, value]) => ({
      key,
      label: plainText(key) || '(no name)',
      description: plainText(value),
      icon: codicon('tag'),
      value,
      tip: { title: plainText(key), facts: [], text: plainLines(value) },
    }));
}

/** Who moved an alias to a version, or the version to a stage, and why; the newest first. */
export function reviewFields(version: ModelVersion, now: number): readonly Field[] {
  return readReviews(version).map(({ by, at, note, move }, index) => {
    const label =
      move.kind === 'alias'
        ? `@${move.alias}${move.before === undefined ? '' : ` from version ${move.before}`}`
        : `${move.before} → ${move.stage}`;
    const time = Date.parse(at);
    const others = move.kind === 'stage' ? move.others.join(', ') : '';
    return {
      key: String(index),
      label: plainText(label),
      description: plainText(joinFacts([note, by, formatAge(time, now)])),
      icon: codicon('pass'),
      value: note === '' ? plainText(label) : note,
      tip: {
        title: plainText(label),
        facts: [
          ['By', plainText(by)],
          ['At', formatDate(time)],
          ['In that stage before', plainText(others)],
        ],
        text: plainLines(note),
      },
    };
  });
}

/** A signature's parts that hold something. */
export function signatureFields(signature: Signature): readonly Field[] {
  return [
    ...partField('inputs', 'Inputs', 'arrow-right', signature.inputs),
    ...partField('outputs', 'Outputs', 'arrow-left', signature.outputs),
    ...partField('params', 'Parameters', 'settings', signature.params),
  ];
}

function partField(
  key: string,
  label: string,
  icon: string,
  columns: readonly SignatureField[],
): readonly Field[] {
  if (columns.length === 0) return [];
  const fields = columns.map(columnField);
  const value = fields.map((field) => field.value).join('\n');
  const description = columns.length.toLocaleString('en-US');
  return [{ key, label, description, icon: codicon(icon), value, tip: { title: label, facts: [] }, fields }];
}

function columnField({ name, type, isOptional, fallback }: SignatureField, index: number): Field {
  const flags = [isOptional ? ', optional' : '', fallback === undefined ? '' : ` = ${fallback}`].join('');
  return {
    // Names may repeat, and unnamed columns have none.
    key: String(index),
    label: plainText(name) || String(index),
    description: plainText(type + flags),
    icon: codicon('symbol-field'),
    value: `${name || String(index)}: ${type}`,
    tip: { title: plainText(name) || String(index), facts: [], text: plainLines(type + flags) },
  };
}
