import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findFreePort } from '../../../extension/tracking/rest/freePort';
import { makeRepository } from '../runDiff/repository';

/** A bare repository of this machine, at an address from which Git fetches: MLflow takes that of a folder for a folder. */
export interface ServedRepository {
  /** Its address, once it answers. */
  uri(): Promise<string>;
  stop(): Promise<void>;
}

/** Commits these files, by path, and has Git serve them on loopback. */
export async function serveRepository(files: Readonly<Record<string, string>>): Promise<ServedRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-repository-'));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  const repository = await makeRepository(folder);
  await repository.commit('as it was');
  const bare = `${folder}.git`;
  await repository.git('clone', '--quiet', '--bare', folder, bare);
  const port = await findFreePort();
  const args = [
    '--listen=127.0.0.1',
    `--port=${port}`,
    `--base-path=${tmpdir()}`,
    '--export-all',
    '--verbose',
  ];
  const daemon = spawn('git', ['daemon', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ready = once(daemon.stderr, 'data');
  const ended = once(daemon, 'exit');
  return {
    uri: async () => {
      await ready;
      return `git://127.0.0.1:${port}/${basename(bare)}`;
    },
    stop: async () => {
      daemon.kill();
      await ended;
      for (const path of [folder, bare]) await rm(path, { recursive: true, force: true });
    },
  };
}
