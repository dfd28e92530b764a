import assert from 'node:assert/strict';
import { webUrl } from '../../../extension/ui/webUrl';

describe('webUrl', () => {
  it('keeps the path where the UI lies and encodes each part', () => {
    assert.equal(
      webUrl('http://host:5000', 'experiments', '1', 'runs', 'ab'),
      'http://host:5000/#/experiments/1/runs/ab',
    );
    assert.equal(
      webUrl('https://host/mlflow/', 'models', 'a b/c?#%'),
      'https://host/mlflow/#/models/a%20b%2Fc%3F%23%25',
    );
  });

  it('never repeats credentials or a query', () => {
    assert.equal(
      webUrl('https://user:secret@host/x?token=1#y', 'experiments', '1'),
      'https://host/x/#/experiments/1',
    );
  });

  it('says so where there is no web UI', () => {
    for (const uri of ['sqlite:///mlflow.db', 'file:///x', 'javascript:alert(1)', 'http://']) {
      assert.throws(() => webUrl(uri, 'experiments'), /Only an MLflow server has a web UI/);
    }
  });
});
