import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { Attention } from '../../../extension/catalog/attention';
import { Emitter } from '../../../extension/catalog/emitter';
import type { ModelFolder } from '../../../extension/modelPreview/fileReader';
import { ModelPreviewPanel } from '../../../extension/modelPreview/modelPreviewPanel';
import { Sessions } from '../../../extension/session';
import {
  copyExample,
  openFile,
  refresh,
  show,
  type ModelPreview,
  type ModelPreviewSnapshot,
  type ModelSubject,
} from '../../../webviews/protocol/modelPreview';
import { MemoryPanel } from '../memoryPanel';
import { filesOf } from './models';

const churn = 'file:///models/churn/MLmodel';
const price = 'file:///models/price/MLmodel';
const mlmodel = `flavors:
  python_function: {loader_module: mlflow.sklearn, env: {conda: conda.yaml}}
saved_input_example_info: {artifact_path: example.json, type: dataframe, pandas_orient: split}
`;

/** A panel without VS Code, over folders in memory. */
class Bench {
  readonly texts = new Map<string, Record<string, string>>([
    [churn, { MLmodel: mlmodel, 'example.json': '{"columns": ["a"], "data": [[1]]}' }],
    [price, { MLmodel: mlmodel }],
  ]);
  readonly snapshots: ModelPreviewSnapshot[] = [];
  readonly opened: string[] = [];
  readonly copied: string[] = [];
  readonly followed = new Set<string>();
  readonly changed = new Emitter();
  readonly panel = new MemoryPanel();
  readonly view = this.panel.view;
  reads = 0;
  held: Promise<void> | undefined;
  private readonly sessions = new Sessions({
    openStore: () => Promise.reject(new Error('not asked for')),
    pageSize: () => 100,
    attention: new Attention(),
    isSeen: () => true,
  });

  constructor() {
    this.view.listen(show, (snapshot) => this.snapshots.push(snapshot));
  }

  open(subject: ModelSubject = { kind: 'file', uri: churn }): ModelPreviewPanel {
    const sources = {
      sessions: this.sessions,
      openFolder: (uri: string) => this.folder(uri),
      openFile: (_: ModelSubject, { name }: { readonly name: string }) => this.opened.push(name),
      openRun: () => undefined,
      openVersion: () => undefined,
      openInBrowser: () => undefined,
      copy: (text: string) => Promise.resolve(void this.copied.push(text)),
    };
    return new ModelPreviewPanel(this.panel, sources, subject);
  }

  /** All that was under way in memory has settled. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  async last<Kind extends ModelPreviewSnapshot['kind']>(
    kind: Kind,
  ): Promise<ModelPreviewSnapshot & { kind: Kind }> {
    await this.quiet();
    const last = this.snapshots.at(-1);
    equal(last?.kind, kind);
    return last as ModelPreviewSnapshot & { kind: Kind };
  }

  dispose(): void {
    this.panel.dispose();
    this.sessions.dispose();
  }

  private folder(uri: string): ModelFolder {
    this.followed.add(uri);
    const files = () => filesOf(this.texts.get(uri) ?? {});
    return {
      name: uri.split('/').at(-2) ?? '',
      onDidChange: this.changed.event,
      uriFor: () => uri,
      read: async (name) => {
        if (name === 'MLmodel') {
          this.reads++;
          if (uri === churn) await this.held;
        }
        return await files().read(name);
      },
      look: (name) => files().look(name),
      dispose: () => void this.followed.delete(uri),
    };
  }
}

describe('The model preview panel', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => {
    bench.dispose();
  });

  it('shows the model of a folder, with the tab named after it, and follows its files', async () => {
    bench.open();
    const hasNumpy = ({ model }: { readonly model: ModelPreview }) =>
      model.dependencies.rows.some(({ name }) => name === 'numpy');
    const first = await bench.last('ready');
    deepEqual(first.subject, { kind: 'file', uri: churn });
    equal(hasNumpy(first), false);
    equal(bench.panel.title, 'churn');
    bench.texts.set(churn, { MLmodel: mlmodel, 'requirements.txt': 'numpy==2.4.1\n' });
    bench.changed.fire();
    equal(hasNumpy(await bench.last('ready')), true);
  });

  it('reads nothing while it is hidden, and once when it is seen again', async () => {
    bench.open();
    await bench.quiet();
    const before = bench.reads;
    bench.panel.setVisible(false);
    bench.changed.fire();
    bench.changed.fire();
    await bench.quiet();
    equal(bench.reads, before);
    bench.panel.setVisible(true);
    await bench.quiet();
    equal(bench.reads, before + 1);
  });

  it('drops the late answer for a model that was replaced, and follows its folder no more', async () => {
    let release = (): void => undefined;
    bench.held = new Promise((resolve) => (release = resolve));
    const preview = bench.open();
    await bench.quiet();
    preview.show({ kind: 'file', uri: price });
    await bench.last('ready');
    release();
    deepEqual((await bench.last('ready')).subject, { kind: 'file', uri: price });
    equal(bench.panel.title, 'price');
    deepEqual([...bench.followed], [price]);
  });

  it('says why a model cannot be read, and tries again on request', async () => {
    bench.texts.delete(churn);
    bench.open();
    match((await bench.last('failed')).cause, /MLmodel/);
    bench.texts.set(churn, { MLmodel: mlmodel });
    await bench.view.request(refresh, null);
    await bench.last('ready');
  });

  it('opens the files that it showed and no other, and copies the example as it is', async () => {
    bench.open();
    await bench.quiet();
    for (const name of ['MLmodel', '../secret', '/etc/passwd', 'unheard-of'])
      bench.view.send(openFile, { name, line: 0 });
    await bench.view.request(copyExample, null);
    deepEqual(bench.opened, ['MLmodel']);
    deepEqual(bench.copied, ['{"columns": ["a"], "data": [[1]]}']);
    bench.texts.set(churn, { MLmodel: mlmodel });
    bench.changed.fire();
    await bench.quiet();
    await rejects(bench.view.request(copyExample, null), /not there/);
  });

  it('follows nothing once it is closed', async () => {
    bench.open();
    await bench.quiet();
    bench.dispose();
    deepEqual([...bench.followed], []);
  });
});
