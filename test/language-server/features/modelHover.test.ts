import { equal, match, ok } from 'node:assert/strict';
import { hover } from '../../../language-server/features/hover';
import { resolvePath } from '../../../language-server/files';
import { parseDocument } from '../../../language-server/parseDocument';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { savedModel } from './modelText';
import { filesOf, type Folder, folderUri, readCaret } from './projectFolder';

interface Shown {
  readonly markdown: string;
  /** The text that it is told of. */
  readonly about: string;
}

async function hoverAt(marked: string, folder: Folder = {}, uri = `${folderUri}MLmodel`): Promise<Shown> {
  const { text, offset } = readCaret(marked);
  return (await shownAt(text, offset, folder, uri)) ?? { markdown: '', about: '' };
}

async function shownAt(
  text: string,
  offset: number,
  folder: Folder = {},
  uri = `${folderUri}MLmodel`,
): Promise<Shown | undefined> {
  const document = parseDocument(uri, 'mlmodel', text);
  const missing = { uri: resolvePath(folderUri, 'missing') ?? '', kind: 'missing' as const };
  const facts = {
    folderUri,
    files: new Map([['missing', missing]]),
    names: new Set<string>(),
    scripts: new Map(),
  };
  const shown = await hover(document, offset, facts, filesOf(folder));
  if (!shown?.range || typeof shown.contents !== 'object' || !('value' in shown.contents)) return undefined;
  const [start, end] = [document.lines.offsetAt(shown.range.start), document.lines.offsetAt(shown.range.end)];
  return { markdown: shown.contents.value, about: text.slice(start, end) };
}

/** The saved model with the caret in the first such words. */
const at = (words: string, caret = words.length - 1) =>
  savedModel.replace(words, `${words.slice(0, caret)}‸${words.slice(caret)}`);

describe('hover on an MLmodel', () => {
  it('a key: what it is for; whether loading runs code by it', async () => {
    const shown = await hoverAt(at('run_id'));
    equal(shown.about, 'run_id');
    match(shown.markdown, /^\*\*run_id\*\* — The run that logged the model/);
    match((await hoverAt(at('pickled_model'))).markdown, /Loading fails without it\./);
    match(
      (await hoverAt(at('serialization_format'))).markdown,
      /takes `pickle`\.\n\n\*\*Loading the model runs code by this if it is `cloudpickle` or `pickle`\*\*/,
    );
    match((await hoverAt(at('      conda'))).markdown, /^\*\*conda\*\* — The environment for conda\./);
    equal((await hoverAt('unkno‸wn: 1')).markdown, '');
  });

  it('a flavor: what it is, what saved it, and how it is loaded from here', async () => {
    const { markdown, about } = await hoverAt(at('  sklearn:', 5));
    equal(about, 'sklearn');
    match(markdown, /^\*\*sklearn\*\* — scikit-learn\. /);
    match(markdown, /Saved with scikit-learn `1\.5\.0`\./);
    match(
      markdown,
      /```python\nimport mlflow\.sklearn\n\nmodel = mlflow\.sklearn\.load_model\("\/project"\)\n```$/,
    );
    match((await hoverAt(at('python_function'))).markdown, /mlflow\.pyfunc\.load_model\("\/project"\)/);
    const elsewhere = (await hoverAt(at('  sklearn:', 5), {}, 'mlflow-artifact://store/1/MLmodel')).markdown;
    match(elsewhere, /load_model\("models:\/m-0123456789abcdef0123456789abcdef"\)/);
    match((await hoverAt('flavors:\n  my‸own: {}')).markdown, /does not know this flavor/);
    match((await hoverAt('flavors:\n  open‸ai: {}')).markdown, /mlflow\.openai\.load_model/);
    match((await hoverAt('flavors:\n  gr‸oq: {}')).markdown, /saves no models/);
    ok(!(await hoverAt('flavors:\n  cra‸te: {}')).markdown.includes('```'));
    match((await hoverAt(at('mlflow.sklearn'))).markdown, /^\*\*mlflow\\\.sklearn\*\* — scikit-learn/);
  });

  it('the signature as tables', async () => {
    const { markdown } = await hoverAt(at('signature:', 4).replace(/is_sig.*\n/, ''));
    const [inputs = '', outputs = '', params = ''] = markdown.split('\n\n**');
    equal(
      inputs,
      [
        '**Inputs** (2)',
        '',
        '| Name | Type |  |',
        '|---|---|---|',
        '| fixed acidity | double | required |',
        '| meta | object \\{id\\: long, note?\\: array of string\\} | optional |',
      ].join('\n'),
    );
    match(outputs, /\| \*unnamed\* \| tensor float32 \\\(\\-1, 2\\\) \| required \|$/);
    match(
      params,
      /^Parameters\*\* \(1\)\n\n\| Name \| Type \| Default \|\n.*\n\| temperature \| double \| 0\\\.5 \|/,
    );
    match((await hoverAt(at('  outputs', 4))).markdown, /^\*\*Outputs\*\* \(1\)/);
  });

  it('a long signature is cut, with a count', async () => {
    const specs = Array.from({ length: 3000 }, (_, index) => `{"name": "c${String(index)}", "type": "long"}`);
    const { markdown } = await hoverAt(`signature:\n  inp‸uts: '[${specs.join(', ')}]'\n`);
    equal(markdown.split('\n').filter((line) => line.startsWith('| c')).length, 20);
    match(markdown, /\n\n…and 2980 more\./);
    ok(markdown.length < 5_000);
  });

  it('a part that cannot be read says why, and shows what stands before', async () => {
    match(
      (await hoverAt("signature:\n  inp‸uts: '[{]'\n")).markdown,
      /^\*\*Inputs\*\*[^]*not readable: `Expecting property name/,
    );
    match((await hoverAt('signature:\n  inp‸uts: null\n')).markdown, /^\*\*inputs\*\* —/);
  });

  it('in the JSON: the column, property or parameter there', async () => {
    const spec = await hoverAt(at('fixed acidity'));
    equal(spec.markdown, '**fixed acidity** — double, required.');
    equal(spec.about, '{"type": "double", "name": "fixed acidity", "required": true}');
    equal((await hoverAt(at('"note"'))).markdown, '**note** — array of string, optional.');
    equal((await hoverAt(at('temperature'))).markdown, '**temperature** — double, 0\\.5 by default.');
  });

  it('sizes, times and files', async () => {
    match((await hoverAt(at('1536'))).markdown, /^\*\*1\.5 KB\*\*/);
    match((await hoverAt('model_size_bytes: 12‸0000000000\n')).markdown, /^\*\*112 GB\*\*/);
    match((await hoverAt(at('2026-01-31'))).markdown, /2026.*, in UTC `2026-01-31T12:00:00\.500Z`/);
    match((await hoverAt('utc_time_created: 19-09-25T13:5‸6\n')).markdown, /^\*\*utc_time_created\*\* —/);
    const folder = { 'conda.yaml': 'name: mlflow-env\n', 'input_example.json': '{"columns": []}' };
    match(
      (await hoverAt(at('conda.yaml'), folder)).markdown,
      /^`conda\.yaml` holds\n\n```yaml\nname: mlflow-env/,
    );
    match((await hoverAt(at(': input_example.json'), folder)).markdown, /```json/);
    match((await hoverAt(at('model_path: model.skops'), folder)).markdown, /^\*\*model_path\*\*/);
    equal(
      (await hoverAt('flavors:\n  sklearn:\n    code: miss‸ing\n')).markdown,
      "There is no `missing` in the model's folder.",
    );
  });

  it('what strangers wrote stays text', async () => {
    const name = '<img src=x> [a](command:b) | `c` \\u2028 **d**';
    const hostile = `signature:\n  inp‸uts: '[{"name": "${name}", "type": "[x](y)|<b>"}]'\n`;
    const { markdown } = await hoverAt(hostile);
    const row = markdown.split('\n')[4] ?? '';
    equal(row.match(/(?<!\\)\|/g)?.length, 4);
    ok(!/(?<!\\)[<[`]/.test(row.replaceAll('\\\\', '')), row);
    match((await hoverAt('flavors:\n  "<b>‸[x](y)": {}')).markdown, /^\*\*\\<b\\>\\\[x\\\]\\\(y\\\)\*\*/);
    const code = (await hoverAt('flavors:\n  skl‸earn: {}', {}, 'file:///a%22%29%0A%60%60%60/MLmodel'))
      .markdown;
    match(code, /^````python/m);
    match(code, /load_model\("\/a\\"\)\\n```"\)/);
  });

  it('never throws on what is broken', async () => {
    const random = randomNumbers(testSeed);
    for (let round = 0; round < 300; round++) {
      const text = mutateText(savedModel, random);
      await shownAt(text, random(text.length + 1));
    }
  });
});
