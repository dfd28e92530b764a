import type { ConnectionState } from '../session';
import { causeOf } from '../tracking/errors';
import { nameConnection } from './connection';
import type { Destination } from './connectFlow';
import { plainLabel } from './plainLabel';
import type { FoundServer } from './probeServers';
import type { Candidate } from './resolveConnection';

/** What a user may choose in `MLflow: Connect…`. */
export type Choice =
  | { readonly kind: 'go'; readonly destination: Destination }
  | { readonly kind: 'enter' }
  | { readonly kind: 'signIn' };

/** A row of the quick pick, codicons in its label included. */
export interface ChoiceRow {
  /** Stays the same while the list around it grows. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly choice: Choice;
  /** A URI that the user may take from the list of recent ones. */
  readonly recent?: string | undefined;
}

export interface ChoiceSection {
  readonly title: string;
  readonly rows: readonly ChoiceRow[];
}

export interface ChoiceSources {
  readonly state: ConnectionState;
  /** All that has been said about where to look, strongest first. */
  readonly candidates: readonly Candidate[];
  readonly found: readonly FoundServer[];
  readonly recents: readonly string[];
}

/** The sections of `MLflow: Connect…`; no place is listed twice. */
export function listChoices({ state, candidates, found, recents }: ChoiceSources): readonly ChoiceSection[] {
  const current = candidates[0];
  const inherited = candidates.filter(isInherited);
  const listed = new Set(current && [placeOf(current.uri)]);
  const rows: Record<'current' | 'found' | 'recent', readonly ChoiceRow[]> = {
    current: current ? [describeCurrent(current, state)] : [],
    found: [
      ...unlisted(inherited, listed).map((place) => describeInherited(place, place === inherited[0])),
      ...unlisted(found, listed).map(describeFound),
    ],
    recent: unlisted(
      recents.map((uri) => ({ uri })),
      listed,
    ).map(({ uri }) => describeRecent(uri)),
  };
  return [
    { title: 'Current', rows: rows.current },
    { title: 'Found', rows: rows.found },
    { title: 'Recent', rows: rows.recent },
    { title: 'More', rows: [enter, ...(current ? [signIn] : [])] },
  ].filter((section) => section.rows.length > 0);
}

const enter: ChoiceRow = {
  id: 'enter',
  label: '$(edit) Enter a Tracking URI…',
  choice: { kind: 'enter' },
};

const signIn: ChoiceRow = { id: 'signIn', label: '$(key) Sign In…', choice: { kind: 'signIn' } };

function describeCurrent(current: Candidate, state: ConnectionState): ChoiceRow {
  const row = describePlace('check', current.uri, current.sourceLabel);
  return {
    ...row,
    detail: [row.detail, describeState(state)].filter((part) => part !== undefined).join(' · '),
    choice: { kind: 'go', destination: { ...current, keep: 'choice' } },
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
function describeInherited(candidate: Candidate, isStrongest: boolean): ChoiceRow {
  const keep = isStrongest ? 'inherited' : 'setting';
  return {
    ...describePlace('symbol-variable', candidate.uri, candidate.sourceLabel),
    choice: { kind: 'go', destination: { ...candidate, keep } },
  };
}

function describeFound({ uri, note }: FoundServer): ChoiceRow {
  return { ...describePlace('server', uri, plainLabel(note)), choice: goTo(uri) };
}

function describeRecent(uri: string): ChoiceRow {
  return { ...describePlace('history', uri, undefined), choice: goTo(uri), recent: uri };
}

function describePlace(
  icon: string,
  uri: string,
  description: string | undefined,
): Omit<ChoiceRow, 'choice'> {
  const name = nameConnection(uri);
  return {
    id: uri,
    label: `$(${icon}) ${plainLabel(name)}`,
    description: description && plainLabel(description),
    detail: plainLabel(uri),
  };
}

function goTo(uri: string): Choice {
  const destination: Destination = {
    uri,
    login: undefined,
    keep: 'setting',
    source: 'userSetting',
    sourceLabel: 'chosen',
  };
  return { kind: 'go', destination };
}

function isInherited({ source }: Candidate): boolean {
  return source === 'environment' || source === 'envFile';
}

function unlisted<T extends { readonly uri: string }>(
  places: readonly T[],
  listed: Set<string>,
): readonly T[] {
  return places.filter(({ uri }) => {
    const isNew = !listed.has(placeOf(uri));
    listed.add(placeOf(uri));
    return isNew;
  });
}

/** The same for both names of this machine. */
function placeOf(uri: string): string {
  return uri.replace('//localhost', '//127.0.0.1');
}
