import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { ChartReader } from '../../../extension/metrics/chartReader';
import { HistoryCache } from '../../../extension/histories/historyCache';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import type { ChartData } from '../../../webviews/protocol/metrics';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { chartOf } from './chartsBench';

const never = new AbortController().signal;
const script = join(projectRoot(), 'test/extension/metrics/logSpike.py');
const count = 100_000;
const spike = 54_321;

describe('One spike in 100,000 steps', function () {
  this.timeout(600_000);
  let server: MlflowServer;
  let runId: string;

  before(async () => {
    server = await startMlflowServer();
    runId = await runPython(server, script, [String(count), String(spike)]);
  });
  after(async () => {
    await server.stop();
  });

  const openServer = (log: (line: string) => void = () => undefined) =>
    new RestStore({
      baseUri: server.uri,
      authorize: () => Promise.resolve(new Map()),
      timeoutMs: 60_000,
      log,
    });

  /** What a chart of 300 columns is told, again and again until it is told that all points are there. */
  async function answersOf(store: TrackingStore): Promise<readonly ChartData[]> {
    const histories = new HistoryCache(store);
    let notify = (): void => undefined;
    const reader = new ChartReader({
      histories,
      directionOf: () => 'higher',
      onDidChange: () => {
        notify();
      },
      patience: 60_000,
    });
    try {
      reader.setRuns([await store.getRun(runId, never)]);
      const answers: ChartData[] = [];
      for (;;) {
        const changed = new Promise<void>((resolve) => (notify = resolve));
        const answer = await reader.loadChart(chartOf('spiky', runId), never);
        answers.push(answer);
        if (answer.pending === 0) return answers;
        await changed;
      }
    } finally {
      reader.dispose();
      histories.dispose();
    }
  }

  function findsAll({ lines: [line], isPreview, percentiles }: ChartData): void {
    ok(line);
    equal(isPreview, false);
    ok(line.points.y.includes(1000), 'the spike is not among what is drawn');
    ok(line.points.x.length <= 600);
    equal(line.total, count);
    deepEqual(line.statistics.best, { value: 1000, step: String(spike) });
    ok(percentiles && percentiles[1] < 1.2);
  }

  it('is in the picture of a server’s metric, after a preview that says that it is one', async () => {
    const store = openServer();
    try {
      const answers = await answersOf(store);
      const first = answers[0]!;
      deepEqual([first.isPreview, first.pending], [true, 1]);
      equal(first.lines[0]?.statistics.best, undefined);
      ok(first.lines[0]!.total <= 2500);
      findsAll(answers.at(-1)!);
    } finally {
      store.dispose();
    }
  });

  it('is in the picture of the same metric read from its database', async () => {
    const store = new LocalStore({ kind: 'sqlite', path: join(server.store, 'mlflow.db') });
    try {
      await store.connect(never);
      const answers = await answersOf(store);
      equal(answers.length, 1);
      findsAll(answers[0]!);
    } finally {
      store.dispose();
    }
  });

  it('is seen when it is logged by a training that goes on, whose history is continued from where it ended', async () => {
    const paths: string[] = [];
    const store = openServer((line) => paths.push(line));
    const histories = new HistoryCache(store);
    let notify = (): void => undefined;
    const onDidChange = () => {
      notify();
    };
    const reader = new ChartReader({ histories, directionOf: () => 'higher', onDidChange, patience: 60_000 });
    const load = async () => {
      for (;;) {
        const changed = new Promise<void>((resolve) => (notify = resolve));
        const { lines, pending } = await reader.loadChart(chartOf('spiky', growing), never);
        if (pending === 0) return { line: lines[0]!, changed };
        await changed;
      }
    };
    const growing = await runPython(server, script, ['26000', '-1', 'open', '0']);
    try {
      reader.setRuns([await store.getRun(growing, never)]);
      const before = await load();
      equal(before.line.total, 26_000);
      ok(!before.line.points.y.includes(1000));
      await runPython(server, script, ['2000', '27500', growing, '26000']);
      const requests = paths.filter((line) => line.includes('get-history ')).length;
      reader.setRuns([await store.getRun(growing, never)]);
      await before.changed;
      const after = await load();
      equal(after.line.total, 28_000);
      ok(after.line.points.y.includes(1000));
      const news = paths.filter((line) => line.includes('get-history ')).length - requests;
      equal(news, 1, 'one page more is asked for, not all of them');
    } finally {
      reader.dispose();
      histories.dispose();
      store.dispose();
    }
  });

  it('is in a history that was continued from where it ended before, as in one that was read whole', async () => {
    const store = openServer();
    try {
      const known = await store.getMetricHistory(runId, 'spiky', never);
      const again = await store.getMetricHistory(runId, 'spiky', never, known);
      ok(again !== known);
      deepEqual(again, known);
    } finally {
      store.dispose();
    }
  });
});

for (const version of ['newest', 'oldest'] as const) {
  describe(`Previews of the ${version} MLflow`, function () {
    this.timeout(600_000);

    it('hold the first and the last point, where the server gives any', async () => {
      const server = await startMlflowServer({ version });
      const store = new RestStore({
        baseUri: server.uri,
        authorize: () => Promise.resolve(new Map()),
        timeoutMs: 60_000,
        log: () => undefined,
      });
      try {
        const runId = await runPython(server, script, ['5000', '77']);
        const previews = await store
          .getMetricPreview([runId, '0'.repeat(32)], 'spiky', never)
          .catch(() => store.getMetricPreview([runId], 'spiky', never));
        const steps = [...(previews.get(runId)?.steps ?? [])];
        deepEqual([steps[0], steps.at(-1)], version === 'newest' ? [0, 4999] : [undefined, undefined]);
        ok(steps.length <= 2500);
      } finally {
        store.dispose();
        await server.stop();
      }
    });
  });
}
