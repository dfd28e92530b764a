import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { hideSecretsOf, maskUri } from '../../../extension/processes/secretText';

describe('A URI that is shown', () => {
  const cases: readonly (readonly [uri: string, shown: string])[] = [
    ['postgresql://me:c4nary@host:5432/db', 'postgresql://me:***@host:5432/db'],
    ['mysql+pymysql://me:p@ss/w?rd:x@host/db', 'mysql+pymysql://me:***@host/db'],
    ['postgresql://me@host/db', 'postgresql://me@host/db'],
    ['postgresql://host/db?user=me&password=c4nary', 'postgresql://host/db?user=me&password=***'],
    ['mssql+pyodbc:///?odbc_connect=UID%3Dme%3BPWD%3Dx', 'mssql+pyodbc:///?odbc_connect=***'],
    ['sqlite:////data/a@b:c/mlflow.db', 'sqlite:////data/a@b:c/mlflow.db'],
    ['file:///data/me:you@here/mlruns', 'file:///data/me:you@here/mlruns'],
  ];
  for (const [uri, shown] of cases) {
    it(`reads ${shown}`, () => {
      equal(maskUri(uri), shown);
    });
  }
});

describe('A log', () => {
  it('holds neither a password nor what it decodes to', () => {
    const hide = hideSecretsOf('postgresql://me:c4n%40ry-pw@host/db?sslpassword=ke%20y-pw');
    const said =
      'c4n%40ry-pw c4n@ry-pw ke%20y-pw ke y-pw postgresql://me:c4n%40ry-pw@host/db?sslpassword=ke%20y-pw';
    equal(hide(said), '*** *** *** *** postgresql://me:***@host/db?sslpassword=***');
  });

  it('hides a short password where it stands in its URI, and leaves other words whole', () => {
    equal(hideSecretsOf('mysql://me:a@h/d')('a cat at mysql://me:a@h/d'), 'a cat at mysql://me:***@h/d');
  });

  it('never holds a password of four or more characters, whatever it is', () => {
    const isOrdinary = (text: string) => !/[<*> ]/.test(text);
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 30 }).filter(isOrdinary), (secret) => {
        const uri = `postgresql://me:${secret}@host/db`;
        equal(maskUri(uri), 'postgresql://me:***@host/db');
        const shown = hideSecretsOf(uri)(`< ${uri} > < ${secret} >`);
        fc.pre(!'postgresql://me:@host/db'.includes(secret));
        equal(shown, '< postgresql://me:***@host/db > < *** >');
      }),
    );
  });
});
