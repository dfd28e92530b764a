import { isOneOf, isRecordOf, isText } from '../../webviews/protocol/guards';
import type { Catalog } from '../catalog/catalog';
import type { Session } from '../session';
import { TrackingError } from '../tracking/errors';
import type { Experiment, ModelVersion, RegisteredModel, Run } from '../tracking/model';
import type { Edit } from './edit';
import { longestExperimentTag, longestRunTag } from './limits';
import { experimentTags, nameThing, runTags, type TagTarget } from './tagTargets';

/** What MLflow keeps a description of, Markdown. */
export type DescriptionSubject =
  | { readonly kind: 'experiment'; readonly experimentId: string }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'model'; readonly modelName: string }
  | { readonly kind: 'version'; readonly modelName: string; readonly version: string };

/** A description as the store has it now. */
export interface Description {
  /** Whose it is, safe to show: `run “a”`. */
  readonly name: string;
  readonly text: string;
  /** In characters; undefined where the database sets the limit, and not all of them do. */
  readonly longest: number | undefined;
  readonly edit: (text: string) => Edit;
}

/** The tag in which experiments and runs keep theirs. */
const noteTag = 'mlflow.note.content';

/** Reads a description anew. Rejects as the store does. */
export async function readDescription(session: Session, subject: DescriptionSubject): Promise<Description> {
  const { catalog } = session;
  switch (subject.kind) {
    case 'experiment': {
      await catalog.refresh({ kind: 'experiments' });
      const found = catalog.findExperiment(subject.experimentId);
      if (!found) throw gone('This experiment');
      return describeNote(experimentTags(found), longestExperimentTag);
    }
    case 'run':
      return describeNote(runTags(await catalog.refreshRun(subject.runId)), longestRunTag);
    case 'model': {
      const model = await session.store.getRegisteredModel(subject.modelName, AbortSignal.timeout(readMs));
      return describeModel(model);
    }
    case 'version': {
      await catalog.refresh({ kind: 'versions', modelName: subject.modelName });
      return describeVersion(await catalog.version(subject.modelName, subject.version));
    }
  }
}

type Found = Pick<Catalog, 'findExperiment' | 'findRun' | 'findModel' | 'version'>;

/** The text of a description as the catalog has it, versions that went stale read anew; undefined where it has none. Rejects as the store does. */
export async function findDescription(
  catalog: Found,
  subject: DescriptionSubject,
): Promise<string | undefined> {
  switch (subject.kind) {
    case 'experiment':
      return readNote(catalog.findExperiment(subject.experimentId));
    case 'run':
      return readNote(catalog.findRun(subject.runId));
    case 'model':
      return catalog.findModel(subject.modelName)?.description;
    case 'version':
      return (await catalog.version(subject.modelName, subject.version)).description;
  }
}

function readNote(thing: Experiment | Run | undefined): string | undefined {
  return thing && (thing.tags.get(noteTag) ?? '');
}

/** Beyond a store's own timeouts. */
const readMs = 120_000;

function gone(what: string): TrackingError {
  return new TrackingError('notFound', `${what} is not among those that are listed: it may be gone.`);
}

function describeNote(target: TagTarget, longest: number): Description {
  const edit = (text: string): Edit => ({
    ...target.setTag(noteTag, text),
    label: `describe ${target.name}`,
  });
  return { name: target.name, text: target.tags.get(noteTag) ?? '', longest, edit };
}

function describeModel({ name, description }: RegisteredModel): Description {
  const change = (text: string, before: string): Edit => ({
    part: 'registry',
    label: `describe ${nameThing('model', name)}`,
    apply: (editor, signal) => editor.describeModel(name, text, signal),
    changes: [{ kind: 'models' }],
    preview: { kind: 'model', name, change: (it) => ({ ...it, description: text }) },
    inverse: () => change(before, text),
  });
  const edit = (text: string) => change(text, description);
  return { name: nameThing('model', name), text: description, longest: undefined, edit };
}

function describeVersion({ name, version, description }: ModelVersion): Description {
  const thing = nameThing('version', `${name} ${version}`);
  const change = (text: string, before: string): Edit => ({
    part: 'registry',
    label: `describe ${thing}`,
    apply: (editor, signal) => editor.describeVersion({ name, version }, text, signal),
    changes: [{ kind: 'models' }],
    preview: { kind: 'version', name, version, change: (it) => ({ ...it, description: text }) },
    inverse: () => change(before, text),
  });
  return { name: thing, text: description, longest: undefined, edit: (text) => change(text, description) };
}

/** Whose description a document of ours is, and where that is kept. */
export type DescriptionPlace = DescriptionSubject & { readonly connectionUri: string };

/** The place that a document's query names; undefined for one that is none of ours. */
export function readPlace(query: string): DescriptionPlace | undefined {
  let value: unknown;
  try {
    value = JSON.parse(query);
  } catch {
    return undefined;
  }
  return places.some((isPlace) => isPlace(value)) ? (value as DescriptionPlace) : undefined;
}

type Of<Kind> = Extract<DescriptionPlace, { readonly kind: Kind }>;

const connectionUri = isText;
const places = [
  isRecordOf<Of<'experiment'>>({ kind: isOneOf('experiment'), connectionUri, experimentId: isText }),
  isRecordOf<Of<'run'>>({ kind: isOneOf('run'), connectionUri, runId: isText }),
  isRecordOf<Of<'model'>>({ kind: isOneOf('model'), connectionUri, modelName: isText }),
  isRecordOf<Of<'version'>>({ kind: isOneOf('version'), connectionUri, modelName: isText, version: isText }),
];
