/** Reads a large mlflow.db as the views do, in a process of its own; prints the most memory that it took, in MB. */
import { never, openLocal, readPage, search } from './storeBench';

const pages = 20;

async function main([path = '', experimentId = '']: readonly string[]): Promise<void> {
  const store = await openLocal({ kind: 'sqlite', path });
  await store.searchExperiments({ pageSize: 1000, view: 'all' }, never);
  await readPage(store, experimentId, search);
  let pageToken: string | undefined;
  for (let page = 0; page < pages; page++) {
    const query = { experimentIds: [experimentId], view: 'active', pageSize: 1000, pageToken } as const;
    pageToken = (await store.searchRuns(query, never)).nextPageToken;
    if (pageToken === undefined) break;
  }
  store.dispose();
  console.log(process.resourceUsage().maxRSS / 1000);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
