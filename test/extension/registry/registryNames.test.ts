import { equal } from 'node:assert/strict';
import { findAliasProblem, findModelNameProblem } from '../../../extension/registry/registryNames';
import { writeCode, writeCurl } from '../../../extension/registry/writeCode';

describe('Names that MLflow refuses', () => {
  for (const name of ['', ' ', 'a/b', 'a:b', '.', '..', '..a', 'a\nb', 'x'.repeat(257)])
    it(`are not taken for a model: ${JSON.stringify(name.slice(0, 20))}`, () =>
      equal(typeof findModelNameProblem(name), 'string'));

  for (const name of ['churn', 'main.sales.churn', 'a % b', 'ünï “x”', '-', 'x'.repeat(256)])
    it(`are none of ${name.slice(0, 20)}`, () => equal(findModelNameProblem(name), undefined));

  for (const alias of ['', 'a b', 'a.b', '@a', 'latest', 'Latest', 'v1', 'V12', 'x'.repeat(256)])
    it(`are not taken for an alias: ${JSON.stringify(alias.slice(0, 20))}`, () =>
      equal(typeof findAliasProblem(alias), 'string'));

  for (const alias of ['champion', 'v', 'v1a', 'größe', 'a-b_1', '1'])
    it(`are none of the alias ${alias}`, () => equal(findAliasProblem(alias), undefined));
});

describe('What is copied of a version', () => {
  it('is its URI by alias and by number, and code that loads it by the flavor it has', () => {
    const texts = writeCode({ name: 'churn', version: '3' }, ['champion'], []).map(({ text }) => text);
    equal(
      texts.join('\n'),
      [
        'models:/churn@champion',
        'models:/churn/3',
        'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/churn@champion")\n',
        'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/churn/3")\n',
      ].join('\n'),
    );
  });

  it('is a curl that takes credentials from the environment', () => {
    equal(writeCurl('http://a/?name=b', ''), "curl -sS 'http://a/?name=b'");
    equal(
      writeCurl('http://a', 'Basic abc'),
      'curl -sS http://a -u "$MLFLOW_TRACKING_USERNAME:$MLFLOW_TRACKING_PASSWORD"',
    );
    equal(
      writeCurl('http://a', 'Bearer abc'),
      'curl -sS http://a -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN"',
    );
  });
});
