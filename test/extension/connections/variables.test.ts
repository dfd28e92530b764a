import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import fc from 'fast-check';
import {
  loginOf,
  mergeVariables,
  parseCredentialsFile,
  parseEnvFile,
  readVariables,
  type Variables,
} from '../../../extension/connections/variables';

describe('parseEnvFile', () => {
  const cases: Record<string, Variables> = {
    'MLFLOW_TRACKING_URI=http://host:5000': { uri: 'http://host:5000' },
    '\uFEFFMLFLOW_TRACKING_URI="http://host" # ours\r\nOTHER=1\r\n': { uri: 'http://host' },
    "export MLFLOW_TRACKING_USERNAME='ann'\nMLFLOW_TRACKING_PASSWORD='a#b'": {
      username: 'ann',
      password: 'a#b',
    },
    'MLFLOW_TRACKING_URI=\nMLFLOW_WORKSPACE=team': { workspace: 'team' },
    '# MLFLOW_TRACKING_URI=http://host': {},
    '': {},
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`reads ${JSON.stringify(text)}`, () => {
      deepEqual(withoutGaps(parseEnvFile(text)), expected);
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
        doesNotThrow(() => parseEnvFile(`MLFLOW_TRACKING_URI=${text}`));
        doesNotThrow(() => parseCredentialsFile(`[mlflow]\n${text}`));
      }),
    );
  });
});

describe('parseCredentialsFile', () => {
  it('reads the section that `mlflow` reads', () => {
    const text = `[other]\nmlflow_tracking_username = eve\n[mlflow]\n# ours\nMLFLOW_TRACKING_USERNAME = ann
mlflow_tracking_password: p=%%w \nmlflow_tracking_token = no\n`;
    deepEqual(withoutGaps(parseCredentialsFile(text)), { username: 'ann', password: 'p=%w' });
  });
});

describe('readVariables and mergeVariables', () => {
  it('take each variable from the first place that has it, an empty one being none', () => {
    const strong = readVariables({
      MLFLOW_TRACKING_USERNAME: 'ann',
      MLFLOW_TRACKING_PASSWORD: '',
      PATH: '/',
    });
    const weak = readVariables({ MLFLOW_TRACKING_USERNAME: 'bob', MLFLOW_TRACKING_PASSWORD: 'pw' });
    deepEqual(withoutGaps(mergeVariables([strong, weak])), { username: 'ann', password: 'pw' });
  });
});

describe('loginOf', () => {
  it('prefers user name and password to a token, as MLflow does, and wants both', () => {
    equal(loginOf({ username: 'ann', password: 'pw', token: 't' })?.kind, 'basic');
    deepEqual(loginOf({ username: 'ann', token: 't' }), { kind: 'bearer', token: 't' });
    equal(loginOf({ username: 'ann' }), undefined);
  });
});

function withoutGaps(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}
