import type { Memento } from '../catalog/memento';
import type { Editing } from '../editing/editing';
import { experimentTags } from '../editing/tagTargets';
import type { Session } from '../session';
import type { Experiment } from '../tracking/model';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { isArrangement, plainArrangement, type Arrangement } from '../../webviews/protocol/arrangement';
import type { RunsTableSubject, SavedView, TableFacts } from '../../webviews/protocol/runsTable';

const key = 'mlflow.runsTable.views';

/** What the tags of an experiment begin with that are shared views. */
const tagPrefix = 'mlflow.lens.view.';

/** What MLflow takes as the value of a tag. */
const longestTag = 5000;

/** More than this in a tag was not written by us. */
const longestRead = 20_000;

const longestName = 100;

const mostShared = 100;

/** A name that every MLflow takes as a part of a tag's. */
const sharedName = /^[\p{L}\p{N}_.\- ]+$/u;

/** Where it was saved (`placeOf`), its name, and the arrangement. */
type Remembered = readonly [place: string, name: string, arrangement: Arrangement];

/** Arrangements of tables by name: the user's own in the workspace, those that are shared in the experiment's tags. */
export class SavedViews {
  constructor(
    private readonly state: Memento,
    private readonly editing: { readonly demand: () => Promise<Pick<Editing, 'runOne'>> },
  ) {}

  /** The user's own, then the shared ones, each by name. */
  list(subject: RunsTableSubject, experiments: readonly Experiment[]): readonly SavedView[] {
    const place = placeOf(subject);
    const own = this.read().flatMap(([known, name]) => (known === place ? [{ name, isShared: false }] : []));
    const shared = readShared(subject, experiments).map(([name]) => ({ name, isShared: true }));
    return [...own.sort(byName), ...shared.sort(byName)];
  }

  find(
    subject: RunsTableSubject,
    experiments: readonly Experiment[],
    { name, isShared }: SavedView,
  ): Arrangement | undefined {
    if (isShared) return readShared(subject, experiments).find(([known]) => known === name)?.[1];
    const place = placeOf(subject);
    return this.read().find(([known, own]) => known === place && own === name)?.[2];
  }

  /** @throws UserError for a name or an arrangement that cannot be kept. */
  async save(
    session: Session,
    subject: RunsTableSubject,
    { name, isShared }: SavedView,
    arrangement: Arrangement,
  ): Promise<void> {
    checkName(name, isShared);
    if (isShared) await this.share(session, subject, name, composeText(arrangement));
    else await this.write(subject, name, arrangement);
  }

  async delete(session: Session, subject: RunsTableSubject, { name, isShared }: SavedView): Promise<void> {
    if (isShared) await this.share(session, subject, name, undefined);
    else await this.write(subject, name, undefined);
  }

  /** Keeps a view in the experiment's tags, or takes it away. */
  private async share(
    session: Session,
    subject: RunsTableSubject,
    name: string,
    text: string | undefined,
  ): Promise<void> {
    const { why } = describeSharing(subject);
    const experiment = session.catalog.findExperiment(subject.experimentIds[0] ?? '');
    if (why !== undefined || !experiment) throw new UserError(why ?? 'The experiment is not there.');
    const edit = experimentTags(experiment).setTag(tagPrefix + name, text);
    const label = `${text === undefined ? 'delete' : 'share'} the view “${plainText(name)}”`;
    await (await this.editing.demand()).runOne(session, { ...edit, label });
  }

  private async write(subject: RunsTableSubject, name: string, arrangement: Arrangement | undefined) {
    const place = placeOf(subject);
    const others = this.read().filter(([known, other]) => known !== place || other !== name);
    await this.state.update(key, arrangement ? [...others, [place, name, arrangement]] : others);
  }

  /** What was remembered, as far as it is what this version writes. */
  private read(): readonly Remembered[] {
    const kept = this.state.get<unknown>(key, []);
    if (!Array.isArray(kept)) return [];
    return kept.filter(
      (one): one is Remembered =>
        Array.isArray(one) &&
        typeof one[0] === 'string' &&
        typeof one[1] === 'string' &&
        isArrangement(one[2]),
    );
  }
}

/** Whether views of these runs can be shared, else why not. */
export function describeSharing({ experimentIds }: RunsTableSubject): TableFacts['sharing'] {
  if (experimentIds.length === 1) return { isPossible: true };
  return { isPossible: false, why: 'Views of several experiments are kept in this workspace only.' };
}

/** The same experiments of the same connection, in whatever order. */
function placeOf({ connectionUri, experimentIds }: RunsTableSubject): string {
  return JSON.stringify([connectionUri, ...[...experimentIds].sort()]);
}

function byName(one: SavedView, other: SavedView): number {
  return one.name < other.name ? -1 : 1;
}

function checkName(name: string, isShared: boolean): void {
  if (name.trim() === '' || name.length > longestName)
    throw new UserError(`The name of a view has 1 to ${longestName} characters.`);
  if (isShared && !sharedName.test(name))
    throw new UserError('The name of a shared view has letters, digits, spaces and . _ - only.');
}

/** The arrangement as others have it. @throws UserError where MLflow would not take it. */
function composeText(arrangement: Arrangement): string {
  const text = JSON.stringify(withoutDefaults(arrangement));
  if (text.length <= longestTag) return text;
  throw new UserError(
    `This view is too large to be shared: MLflow takes ${longestTag} characters of it, and it has ${text.length}. Fewer chosen columns or pinned runs make it smaller.`,
  );
}

/** What others may want of it: not which rows are open and how wide the columns are, and nothing that is as always. */
function withoutDefaults(arrangement: Arrangement): Partial<Arrangement> {
  const own: (readonly [string, unknown])[] = Object.entries({ ...arrangement, open: [], widths: {} });
  const always = new Map<string, unknown>(Object.entries(plainArrangement));
  return Object.fromEntries(
    own.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(always.get(name))),
  );
}

/** Anybody may have written these. Servers that cannot delete a tag keep it empty. */
function readShared(
  { experimentIds }: RunsTableSubject,
  experiments: readonly Experiment[],
): readonly (readonly [name: string, arrangement: Arrangement])[] {
  const tags =
    experimentIds.length === 1 ? experiments.find(({ id }) => id === experimentIds[0])?.tags : undefined;
  return [...(tags ?? [])]
    .filter(([tag]) => tag.startsWith(tagPrefix) && tag.length <= tagPrefix.length + longestName)
    .slice(0, mostShared)
    .flatMap(([tag, text]) => {
      const arrangement = readArrangement(text);
      const name = tag.slice(tagPrefix.length);
      return arrangement && name.trim() !== '' ? [[name, arrangement] as const] : [];
    });
}

function readArrangement(text: string): Arrangement | undefined {
  if (text === '' || text.length > longestRead) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const known = Object.entries(value).filter(
      ([name]) => Object.hasOwn(plainArrangement, name) || name === 'groupBy',
    );
    const whole = { ...plainArrangement, ...Object.fromEntries(known) };
    return isArrangement(whole) ? whole : undefined;
  } catch {
    return undefined;
  }
}
