import { deepEqual, equal, match } from 'node:assert/strict';
import { listChoices, type ChoiceSources } from '../../../extension/connections/connectChoices';
import { collectStores } from '../../../extension/connections/collectStores';
import type { KeptConnection } from '../../../extension/connections/keptConnections';
import { listCandidates, type Places } from '../../../extension/connections/resolveConnection';
import { TrackingError } from '../../../extension/tracking/errors';
import { World } from './fakes';

const nowhere: ChoiceSources = {
  state: { kind: 'none' },
  candidates: [],
  kept: [],
  removed: [],
  stores: [],
  servers: [],
  recents: [],
  folders: ['/folder'],
};

const places: Places = {
  setting: { uri: 'http://set', uriScope: 'user' },
  registrySetting: { uri: undefined, uriScope: 'user' },
  environment: { uri: 'http://named' },
  envFiles: [{ path: '/.env', label: '.env', variables: { uri: 'http://filed' } }],
  home: {},
  folders: ['/folder'],
  found: undefined,
};

const unset = { setting: { uri: undefined, uriScope: 'user' }, environment: {}, envFiles: [] } as const;

function titles(sources: ChoiceSources): readonly string[] {
  return listChoices(sources).map(({ title, rows }) => `${title}: ${rows.map((row) => row.id).join(' ')}`);
}

describe('listChoices', () => {
  it('offers to enter a URI where nothing is known', () => {
    deepEqual(titles(nowhere), ['More: enter database folder']);
  });

  it('lists each place once, where it says most', () => {
    const sources: ChoiceSources = {
      ...nowhere,
      candidates: listCandidates(places),
      servers: [
        { uri: 'http://127.0.0.1:5000', note: '' },
        { uri: 'http://named', note: '' },
      ],
      recents: ['http://localhost:5000', 'http://set', 'http://old'],
    };
    deepEqual(titles(sources), [
      'Current: http://set',
      'Found: http://named http://filed http://127.0.0.1:5000',
      'Recent: http://old',
      'More: enter database folder signIn',
    ]);
  });

  it('takes the setting back only for what would then win', () => {
    const rows = listChoices({ ...nowhere, candidates: listCandidates(places) }).flatMap(({ rows }) => rows);
    const keeps = rows.map(({ choice }) => (choice.kind === 'go' ? choice.destination.keep : choice.kind));
    deepEqual(keeps, ['choice', 'inherited', 'setting', 'enter', 'browse', 'browse', 'signIn']);
  });

  it('says what decided, and why it fails', () => {
    const candidates = listCandidates(places);
    const connection = new World().open({ uri: 'http://set' }).current!;
    const error = new TrackingError('refused', 'Nothing listens at set.');
    const [current] = listChoices({ ...nowhere, candidates, state: { kind: 'failed', connection, error } });
    equal(current?.rows[0]?.description, 'setting mlflow.tracking.uri (user)');
    match(current.rows[0].detail ?? '', /http:\/\/set · Nothing listens/);
  });

  it('draws no icons from elsewhere', () => {
    const [recent] = listChoices({ ...nowhere, recents: ['http://host/$(bug)'] });
    equal(recent?.rows[0]?.label, '$(history) host/\\$(bug)');
  });

  describe('with local stores and kept connections', () => {
    const stores = collectStores(['/folder/mlflow.db', '/folder/sub/mlruns/0/meta.yaml'], ['/folder']);
    const kept: readonly KeptConnection[] = [
      { name: 'Team', uri: 'http://ann:pw@team', scope: 'user' },
      { name: 'Here', uri: 'sqlite:///mlflow.db', scope: 'workspace' },
    ];

    it('lists kept connections by name and found stores by path, each place once', () => {
      const labels = listChoices({
        ...nowhere,
        stores,
        kept,
        recents: ['file:///folder/sub/mlruns', 'http://team'],
      })
        .slice(0, -1)
        .flatMap(({ title, rows }) => rows.map(({ label }) => `${title}: ${label}`));
      deepEqual(labels, [
        'Connections: $(bookmark) Team',
        'Connections: $(bookmark) Here',
        'Found: $(folder) sub/mlruns',
      ]);
    });

    it('shows no login of a kept URI, and takes it along', () => {
      const [row] = listChoices({ ...nowhere, kept })[0]!.rows;
      equal(JSON.stringify([row?.label, row?.description, row?.detail]).includes('pw'), false);
      equal(row?.choice.kind === 'go' && row.choice.destination.login?.password, 'pw');
    });

    it('remembers a choice among found stores unless it must win over who says where to look', () => {
      const keepWith = (candidates: ChoiceSources['candidates']) => {
        const section = listChoices({ ...nowhere, candidates, stores }).find(
          ({ title }) => title === 'Found',
        );
        const choice = section?.rows.at(-1)?.choice;
        return choice?.kind === 'go' ? choice.destination.keep : undefined;
      };
      equal(keepWith([]), 'found');
      equal(keepWith(listCandidates({ ...places, ...unset, found: stores[0] })), 'found');
      equal(keepWith(listCandidates(places)), 'setting');
    });

    it('makes a path absolute that a .env would begin elsewhere than a setting', () => {
      const file = { path: '/second/.env', label: '.env', folder: '/second', variables: { uri: './mlruns' } };
      const candidates = listCandidates({ ...places, envFiles: [file] });
      const section = listChoices({ ...nowhere, candidates }).find(({ title }) => title === 'Found');
      const choice = section?.rows[1]?.choice;
      equal(choice?.kind === 'go' && choice.destination.uri, 'file:///second/mlruns');
    });

    it('calls the current place by its name, where it can be removed too', () => {
      const setting = { uri: 'sqlite:////folder/mlflow.db', uriScope: 'user' } as const;
      const candidates = listCandidates({ ...places, setting });
      const [current] = listChoices({ ...nowhere, kept, candidates });
      equal(current?.rows[0]?.label, '$(check) Here');
      deepEqual(current.rows[0].button, { kind: 'remove', kept: kept[1] });
    });

    it('offers to put back what was removed', () => {
      const [section] = listChoices({ ...nowhere, removed: kept.slice(0, 1) });
      deepEqual(section?.rows[0]?.button, { kind: 'restore', kept: kept[0] });
      equal(section.rows[0].detail, 'http://team');
    });

    it('offers to sign in to servers only', () => {
      const setting = { uri: './mlruns', uriScope: 'user' } as const;
      equal(
        titles({ ...nowhere, candidates: listCandidates({ ...places, ...unset, setting }) }).at(-1),
        'More: enter database folder',
      );
    });
  });
});
