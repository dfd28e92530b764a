import { type BenchDocument, writeDocument } from './benchDocument';

const fault = '"type": "doubel"';
const format = '    serialization_format: ';
const word = 'cloudpickle';

/** An MLmodel of so many columns, its signature in one line; the type of one in the middle is misspelt. */
export async function makeModel(columnCount: number): Promise<BenchDocument> {
  const middle = Math.floor(columnCount / 2);
  const columns = Array.from({ length: columnCount }, (_, index) =>
    column(index, index === middle ? fault : '"type": "double"'),
  );
  const inputs = `  inputs: '[${columns.join(', ')}]'`;
  const lines = [...modelLines, 'signature:', inputs, `  outputs: '[{"type": "double", "required": true}]'`];
  const faultEnd = inputs.indexOf(fault) + fault.length;
  const line = lines.indexOf(inputs);
  return await writeDocument(
    'MLmodel',
    lines,
    {
      // In the name of the column before it.
      beforeFault: { line, character: inputs.indexOf(`column ${middle - 1}"`) },
      // Of the type, with its quotes or without, and of the whole text.
      faultEnds: [faultEnd - 1, faultEnd, inputs.length],
      atWord: { line: modelLines.indexOf(format + word), character: format.length },
      word,
    },
    { 'python_env.yaml': pythonEnv, 'requirements.txt': requirements, 'model.pkl': '' },
  );
}

function column(index: number, type: string): string {
  return `{${type}, "name": "column ${index}", "required": true}`;
}

const requirements = 'mlflow==3.17.2\nscikit-learn==1.7.2\nnumpy==2.3.4\n';
const pythonEnv = 'python: 3.12.12\nbuild_dependencies:\n  - pip\ndependencies:\n  - -r requirements.txt\n';

const modelLines = [
  'artifact_path: model',
  'flavors:',
  '  python_function:',
  '    env:',
  '      virtualenv: python_env.yaml',
  '    loader_module: mlflow.sklearn',
  '    model_path: model.pkl',
  '    predict_fn: predict',
  '    python_version: 3.12.12',
  '  sklearn:',
  '    code: null',
  '    pickled_model: model.pkl',
  format + word,
  '    sklearn_version: 1.7.2',
  'mlflow_version: 3.17.2',
  'model_size_bytes: 52329281',
  'run_id: 427f42859ef140b9a37c1520fac76645',
  "utc_time_created: '2026-03-19 14:43:59.115244'",
];
