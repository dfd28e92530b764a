import { deepEqual } from 'node:assert/strict';
import { prettyJson, readSchema } from '../../../webviews/runSummary/schema';

describe('A dataset’s schema', () => {
  it('is a list of columns with their types', () => {
    const text =
      '{"mlflow_colspec": [{"type": "double", "name": "x", "required": true}, {"type": "string", "required": false}]}';
    deepEqual(readSchema(text), {
      kind: 'columns',
      columns: [
        { name: 'x', type: 'double' },
        { name: 'column 1', type: 'string (optional)' },
      ],
      total: 2,
    });
  });

  it('is cut where nobody would read on', () => {
    const columns = Array.from({ length: 1500 }, (_, index) => ({ type: 'long', name: `c${index}` }));
    const schema = readSchema(JSON.stringify({ mlflow_colspec: columns }));
    deepEqual(schema.kind === 'columns' && [schema.columns.length, schema.total], [1000, 1500]);
  });

  it('is text where it is anything else', () => {
    const tensors = '{"mlflow_tensorspec":{"features":"[]"}}';
    deepEqual(readSchema(tensors), { kind: 'text', text: JSON.stringify(JSON.parse(tensors), undefined, 2) });
    for (const text of ['', 'not json', '{"mlflow_colspec": [1]}', '{"mlflow_colspec": []}', 'null', '7']) {
      deepEqual(readSchema(text), { kind: 'text', text: prettyJson(text) });
    }
  });
});
