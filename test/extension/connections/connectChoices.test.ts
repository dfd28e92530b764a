import { deepEqual, equal, match } from 'node:assert/strict';
import { listChoices, type ChoiceSources } from '../../../extension/connections/connectChoices';
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
});
