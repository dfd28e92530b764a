import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { plainArrangement, type Arrangement } from '../../../webviews/protocol/arrangement';
import * as protocol from '../../../webviews/protocol/runsTable';
import { experiment } from '../catalog/fixtures';
import { TableBench } from './tableBench';

const arrangement: Arrangement = {
  ...plainArrangement,
  search: { text: 'metrics.loss < 1' },
  hidden: ['params.lr'],
  widths: { 'metrics.loss': 200 },
  open: ['r1'],
};

describe('The views of a runs table', () => {
  let bench: TableBench;

  beforeEach(() => {
    bench = new TableBench();
  });

  afterEach(() => {
    bench.dispose();
  });

  const act = (action: 'save' | 'open' | 'delete', name: string, isShared = false) =>
    bench.view.request(protocol.actOnView, { action, name, isShared });
  const names = ({ views }: protocol.TableFacts) =>
    views.map(({ name, isShared }) => (isShared ? `${name} (shared)` : name));
  const shownArrangement = async () => (await bench.shown('ready')).arrangement;

  /** Lets the store keep tags, as a server does. */
  const allowTags = () => {
    const write = (id: string, key: string, value: string | undefined) => {
      bench.store.experiments = bench.store.experiments.map((one) => {
        const others = [...one.tags].filter(([tag]) => tag !== key);
        const tags = new Map(value === undefined ? others : [...others, [key, value]]);
        return one.id === id ? { ...one, tags } : one;
      });
      return Promise.resolve();
    };
    const editor = {
      setExperimentTag: write,
      deleteExperimentTag: (id: string, key: string) => write(id, key, undefined),
    };
    Object.assign(bench.store, { editor: () => Promise.resolve(editor) });
  };
  const tagsOf = (id: string) => bench.store.experiments.find((one) => one.id === id)?.tags;
  const shareText = (name: string, text: string) => {
    bench.store.experiments = [
      experiment('1', {
        name: 'digits',
        tags: new Map([...(tagsOf('1') ?? []), [`mlflow.lens.view.${name}`, text]]),
      }),
    ];
  };

  it('are kept in the workspace, for these experiments of this connection', async () => {
    bench.open(['1'], arrangement);
    await bench.facts();
    await act('save', 'best');
    await act('save', '__proto__');
    deepEqual(names(await bench.facts()), ['__proto__', 'best']);
    bench.view.send(protocol.arrange, plainArrangement);
    await act('open', 'best');
    deepEqual(await shownArrangement(), arrangement);
    await act('delete', 'best');
    deepEqual(names(await bench.facts()), ['__proto__']);
    deepEqual(bench.done, [], 'what is the user’s own is asked about when it is replaced only');
  });

  it('are replaced when the user says so', async () => {
    bench.open(['1'], arrangement);
    await bench.facts();
    await act('save', 'best');
    bench.view.send(protocol.arrange, plainArrangement);
    bench.isAgreed = false;
    await act('save', 'best');
    deepEqual(bench.done, ['Replace the view “best”?']);
    await act('open', 'best');
    deepEqual(await shownArrangement(), arrangement);
  });

  it('have names of 1 to 100 characters', async () => {
    bench.open();
    await bench.facts();
    await rejects(act('save', '  '), /1 to 100 characters/);
    await rejects(act('save', 'x'.repeat(101)), /1 to 100 characters/);
    await rejects(act('open', 'nobody saved this'), /no view/);
  });

  it('are shared in a local store where the way to change it is opened, else not', async () => {
    bench.open();
    deepEqual((await bench.facts()).sharing, { isPossible: true });
    await rejects(act('save', 'best', true), /only read/);
    deepEqual((await bench.facts()).views, []);
  });

  it('are not shared for several experiments, which is said', async () => {
    bench.open(['1', '2']);
    const { sharing } = await bench.facts();
    deepEqual(sharing, {
      isPossible: false,
      why: 'Views of several experiments are kept in this workspace only.',
    });
    await rejects(act('save', 'best', true), /this workspace only/);
  });

  it('are shared in the experiment’s tags, without what is only the user’s own', async () => {
    allowTags();
    bench.open(['1'], arrangement);
    deepEqual((await bench.facts()).sharing, { isPossible: true });
    await act('save', 'best runs', true);
    deepEqual(JSON.parse(tagsOf('1')?.get('mlflow.lens.view.best runs') ?? ''), {
      search: { text: 'metrics.loss < 1' },
      hidden: ['params.lr'],
    });
    deepEqual(names(await bench.facts(({ views }) => views.length === 1)), ['best runs (shared)']);
    bench.view.send(protocol.arrange, { ...plainArrangement, widths: { '': 99 } });
    await act('open', 'best runs', true);
    deepEqual(await shownArrangement(), { ...arrangement, open: [], widths: { '': 99 } });
    bench.isAgreed = false;
    await act('delete', 'best runs', true);
    equal(tagsOf('1')?.size, 1);
    bench.isAgreed = true;
    await act('delete', 'best runs', true);
    deepEqual(names(await bench.facts(({ views }) => views.length === 0)), []);
    match(bench.done.join(), /Delete the view “best runs”\?/);
  });

  it('are shared only under names and in a size that MLflow takes', async () => {
    allowTags();
    const hidden = Array.from({ length: 500 }, (_, index) => `params.parameter_${index}`);
    bench.open(['1'], { ...plainArrangement, hidden });
    await bench.facts();
    await rejects(act('save', 'a/b', true), /letters, digits, spaces/);
    await rejects(act('save', 'best', true), /too large to be shared: MLflow takes 5000/);
    equal(tagsOf('1')?.size, 0);
  });

  it('are read from tags only where these are arrangements, whatever else is in them', async () => {
    shareText('good', '{"isShaded":true,"unknown":1}');
    shareText('<img onerror=alert(1)>', '{}');
    shareText('', '{}');
    shareText('deleted', '');
    shareText('no JSON', '{');
    shareText('list', '[]');
    shareText('null', 'null');
    shareText('wrong', '{"sort":"loss"}');
    shareText('proto', '{"__proto__":{"isShaded":true},"constructor":1}');
    shareText('huge', `{"hidden":["${'x'.repeat(30_000)}"]}`);
    shareText('y'.repeat(200), '{}');
    bench.open();
    const facts = await bench.facts(({ views }) => views.length > 0);
    deepEqual(names(facts), ['<img onerror=alert(1)> (shared)', 'good (shared)', 'proto (shared)']);
    await act('open', 'good', true);
    deepEqual(await shownArrangement(), { ...plainArrangement, isShaded: true });
    await act('open', 'proto', true);
    deepEqual(await shownArrangement(), plainArrangement);
  });
});
