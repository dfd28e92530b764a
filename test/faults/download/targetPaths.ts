import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadFiles } from '../../../extension/artifacts/downloadFiles';
import { planDownload } from '../../../extension/artifacts/downloadPlan';
import type { TransferSource } from '../../../extension/artifacts/transferSource';

/** What became of a path that a store lists, when its folder is downloaded. */
export interface TargetOutcome {
  /** What was written below the target folder. */
  readonly inside: readonly string[];
  /** What was written anywhere else; there must be nothing. */
  readonly outside: readonly string[];
  /** Why it was left out; undefined where it was not. */
  readonly reason: string | undefined;
}

const never = new AbortController().signal;

/** Downloads a folder in which a store lists just this path, to a target that has a link out, `linked`. */
export async function downloadHostilePath(path: string): Promise<TargetOutcome> {
  const root = await mkdtemp(join(tmpdir(), 'mlflow-paths-'));
  const folder = join(root, 'a', 'target');
  try {
    await mkdir(join(folder, 'all'), { recursive: true });
    await mkdir(join(root, 'outside'));
    // A folder that somebody else put there.
    await symlink(join(root, 'outside'), join(folder, 'all', 'linked'));
    const { files, leftOut } = await planDownload([rootOf(path)], never);
    const options = { folder, connectionUri: 'test', onBytes: () => undefined };
    const { failures } = await downloadFiles(files, options, never);
    const found = await filesBelow(root);
    const [refused] = [
      ...leftOut.map(({ reason }) => reason),
      ...failures.map(({ cause }) => (cause as Error).message),
    ];
    return {
      inside: found.filter((file) => file.startsWith('a/target/')),
      outside: found.filter((file) => !file.startsWith('a/target/')),
      reason: refused,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A store that lists just this path, folder by folder as it says itself, and gives it two bytes. */
function rootOf(path: string) {
  const list: TransferSource['list'] = (folder) => {
    const rest = folder === '' ? path : path.slice(folder.length + 1);
    const end = rest.indexOf('/', 1);
    const isDirectory = end > 0;
    const listed = isDirectory ? path.slice(0, path.length - rest.length + end) : path;
    return Promise.resolve([{ path: listed, isDirectory, size: isDirectory ? undefined : 2 }]);
  };
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(Buffer.from('up'));
  };
  const open: TransferSource['open'] = () =>
    Promise.resolve({ from: 0, size: 2, version: undefined, chunks: chunks() });
  const artifact = { path: '', isDirectory: true, size: undefined };
  return { runId: 'run', name: 'all', artifact, source: { list, open } };
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/'),
  );
}
