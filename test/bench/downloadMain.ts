/** Downloads `large.bin` of a run as the command does, in a process of its own; prints how long it took and how its memory grew. */
import { RestStore } from '../../extension/tracking/rest/restStore';
import { downloadTo } from '../extension/artifacts/transfers';

/** Between two looks at the memory, in ms. */
const interval = 20;

async function main([uri = '', runId = '', folder = '']: readonly string[]): Promise<void> {
  const authorize = () => Promise.resolve(new Map<string, string>());
  const store = new RestStore({ baseUri: uri, authorize, timeoutMs: 60_000, log: () => undefined });
  await store.listArtifacts(runId, '', new AbortController().signal);
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), interval);
  const start = performance.now();
  const { failures } = await downloadTo(folder, { store, runId, path: 'large.bin' });
  const ms = performance.now() - start;
  clearInterval(timer);
  store.dispose();
  if (failures[0]) throw failures[0].cause as Error;
  console.log(JSON.stringify({ ms, growth: (most - before) / 1e6 }));
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
