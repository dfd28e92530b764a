import type { ConnectionState } from '../session';
import { causeOf } from '../tracking/errors';
import type { FoundStore } from './collectStores';
import { nameConnection } from './connection';
import type { Destination } from './connectFlow';
import { findKept, locate, placeKey, type KeptConnection } from './keptConnections';
import { absoluteUri } from './localPath';
import { plainLabel } from './plainLabel';
import type { FoundServer } from './probeServers';
import type { Candidate } from './resolveConnection';
import { originOf, readTrackingUri } from './trackingUri';

/** What a user may choose in `MLflow: Connect…`. */
export type Choice =
  | { readonly kind: 'go'; readonly destination: Destination }
  | { readonly kind: 'enter' }
  | { readonly kind: 'browse'; readonly what: 'database' | 'folder' }
  | { readonly kind: 'signIn' };

/** What the button of a row does to the list it is in. */
export type RowButton =
  | { readonly kind: 'forget'; readonly recent: string }
  | { readonly kind: 'remove'; readonly kept: KeptConnection }
  | { readonly kind: 'restore'; readonly kept: KeptConnection };

/** A row of the quick pick, codicons in its label included. */
export interface ChoiceRow {
  /** Stays the same while the list around it grows. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly choice: Choice;
  readonly button?: RowButton | undefined;
}

export interface ChoiceSection {
  readonly title: string;
  readonly rows: readonly ChoiceRow[];
}

export interface ChoiceSources {
  readonly state: ConnectionState;
  /** All that has been said about where to look, strongest first. */
  readonly candidates: readonly Candidate[];
  readonly kept: readonly KeptConnection[];
  /** Those that were kept when the list opened and may be put back. */
  readonly removed: readonly KeptConnection[];
  readonly stores: readonly FoundStore[];
  readonly servers: readonly FoundServer[];
  readonly recents: readonly string[];
  /** The absolute paths of the workspace folders. */
  readonly folders: readonly string[];
}

/** The sections of `MLflow: Connect…`; no place is listed twice. */
export function listChoices(sources: ChoiceSources): readonly ChoiceSection[] {
  const { candidates, folders, stores, servers } = sources;
  const current = candidates[0];
  const inherited = candidates.filter(isInherited);
  const decidesByFinding = current === undefined || current.source === 'found';
  const listed = new Set(current && [placeKey(current)]);
  const kept = sources.kept.map((one) => ({ ...locate(one.uri, folders), one }));
  const recents = sources.recents.map((uri) => locate(uri, folders));
  const rows: Record<'current' | 'kept' | 'found' | 'recent', readonly ChoiceRow[]> = {
    current: current ? [describeCurrent(current, sources)] : [],
    kept: [
      ...unlisted(kept, listed).map(({ one }) => describeKept(one, folders)),
      ...sources.removed.map(describeRemoved),
    ],
    found: [
      ...unlisted(inherited, listed).map((place) =>
        describeInherited(place, place === inherited[0], folders),
      ),
      ...unlisted(stores, listed).map((store) => describeStore(store, decidesByFinding)),
      ...unlisted(servers, listed).map(describeServer),
    ],
    recent: unlisted(recents, listed).map(({ uri }) => describeRecent(uri, folders)),
  };
  const isServer = current !== undefined && originOf(current.uri) !== undefined;
  return [
    { title: 'Current', rows: rows.current },
    { title: 'Connections', rows: rows.kept },
    { title: 'Found', rows: rows.found },
    { title: 'Recent', rows: rows.recent },
    { title: 'More', rows: [...more, ...(isServer ? [signIn] : [])] },
  ].filter((section) => section.rows.length > 0);
}

const more: readonly ChoiceRow[] = [
  {
    id: 'enter',
    label: '$(edit) Enter a Tracking URI or Path…',
    choice: { kind: 'enter' },
  },
  {
    id: 'database',
    label: '$(database) Open an mlflow.db…',
    choice: { kind: 'browse', what: 'database' },
  },
  {
    id: 'folder',
    label: '$(folder-opened) Open an mlruns Folder…',
    choice: { kind: 'browse', what: 'folder' },
  },
];

const signIn: ChoiceRow = { id: 'signIn', label: '$(key) Sign In…', choice: { kind: 'signIn' } };

function describeCurrent(current: Candidate, { state, kept, folders }: ChoiceSources): ChoiceRow {
  const one = findKept(current, kept, folders);
  const row = describePlace('check', current, current.sourceLabel, folders, one?.name);
  return {
    ...row,
    detail: [row.detail, describeState(state)].filter((part) => part !== undefined).join(' · '),
    choice: { kind: 'go', destination: { ...current, keep: 'choice' } },
    button: one && { kind: 'remove', kept: one },
  };
}

function describeState(state: ConnectionState): string | undefined {
  switch (state.kind) {
    case 'none':
    case 'idle':
      return undefined;
    case 'connecting':
      return 'connecting…';
    case 'failed':
      return plainLabel(causeOf(state.error));
    case 'ready': {
      const { version } = state.session.info;
      return version === undefined ? 'connected' : `connected, MLflow ${plainLabel(version)}`;
    }
  }
}

/** Only the strongest wins by taking the setting back. */
function describeInherited(
  candidate: Candidate,
  isStrongest: boolean,
  folders: readonly string[],
): ChoiceRow {
  const keep = isStrongest ? 'inherited' : 'setting';
  return {
    ...describePlace('symbol-variable', candidate, candidate.sourceLabel, folders),
    // A setting of the workspace begins its relative paths elsewhere than a `.env` of another folder.
    choice: {
      kind: 'go',
      destination: { ...candidate, uri: isStrongest ? candidate.uri : absoluteUri(candidate), keep },
    },
  };
}

function describeKept(kept: KeptConnection, folders: readonly string[]): ChoiceRow {
  const place = locate(kept.uri, folders);
  const { login } = readTrackingUri(kept.uri);
  const label = kept.scope === 'workspace' ? 'of this workspace' : undefined;
  return {
    ...describePlace('bookmark', place, label, folders, kept.name),
    id: `kept ${kept.scope} ${kept.name}`,
    choice: goTo(place.uri, login),
    button: { kind: 'remove', kept },
  };
}

function describeRemoved(kept: KeptConnection): ChoiceRow {
  const { uri, login } = readTrackingUri(kept.uri);
  return {
    id: `removed ${kept.scope} ${kept.name}`,
    label: `$(trash) ${plainLabel(kept.name)}`,
    description: 'removed',
    detail: plainLabel(uri),
    choice: goTo(uri, login),
    button: { kind: 'restore', kept },
  };
}

/** Where nobody says where to look, the choice is among what was found; else it must win over who said so. */
function describeStore({ kind, uri, path, label }: FoundStore, decidesByFinding: boolean): ChoiceRow {
  const icon = kind === 'sqlite' ? 'database' : 'folder';
  const keep = decidesByFinding ? 'found' : 'setting';
  return {
    id: path,
    label: `$(${icon}) ${plainLabel(label)}`,
    description: 'in the workspace',
    detail: plainLabel(uri),
    choice: {
      kind: 'go',
      destination: { uri, path, login: undefined, keep, source: 'found', sourceLabel: 'chosen' },
    },
  };
}

function describeServer({ uri, note }: FoundServer): ChoiceRow {
  return { ...describePlace('server', { uri }, plainLabel(note), []), choice: goTo(uri) };
}

function describeRecent(uri: string, folders: readonly string[]): ChoiceRow {
  return {
    ...describePlace('history', locate(uri, folders), undefined, folders),
    choice: goTo(uri),
    button: { kind: 'forget', recent: uri },
  };
}

function describePlace(
  icon: string,
  { uri, path }: { readonly uri: string; readonly path?: string | undefined },
  description: string | undefined,
  folders: readonly string[],
  name = nameConnection(uri, path, folders),
): Omit<ChoiceRow, 'choice'> {
  return {
    id: uri,
    label: `$(${icon}) ${plainLabel(name)}`,
    description: description && plainLabel(description),
    detail: plainLabel(uri),
  };
}

function goTo(uri: string, login?: Destination['login']): Choice {
  const destination: Destination = {
    uri,
    login,
    keep: 'setting',
    source: 'userSetting',
    sourceLabel: 'chosen',
  };
  return { kind: 'go', destination };
}

function isInherited({ source }: Candidate): boolean {
  return source === 'environment' || source === 'envFile';
}

function unlisted<T extends { readonly uri: string; readonly path?: string | undefined }>(
  places: readonly T[],
  listed: Set<string>,
): readonly T[] {
  return places.filter((place) => {
    const isNew = !listed.has(placeKey(place));
    listed.add(placeKey(place));
    return isNew;
  });
}
